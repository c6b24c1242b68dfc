import type { Connection } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import type { RunRow } from '../../shared/model/plan';
import { type Problem, type ProblemCode, problem } from '../../shared/model/problem';
import { lockedOut } from '../connections/reach';
import type { Driver, DriverContext, WriteAnswer } from '../drivers/driver';
import type { ServerPort } from '../drivers/server-port';
import { problemOf } from '../storage/problems';
import { isBusy } from './decide';
import { Gate } from './gate';
import { type Evidence, Outcomes, type Sent } from './outcomes';
import { Patience } from './patience';
import type { EngineRow, JudgedRow, PreparedWrite, RowWriter } from './row-writer';
import { afterWrite, beforeWrite, never, readAgain, type Wanted } from './server-reading';

export interface ServerRunParts {
  readonly connection: Connection;
  readonly writer: RowWriter;
  readonly server: ServerPort;
  readonly tell: (row: EngineRow, state: RunRow['state'], judged: JudgedRow | null) => void;
  /** The server's own state (halted, stopped, ended) changed. */
  readonly changed: () => void;
  /** Notes what a write's answer says of the server's reachability. */
  readonly noteReach: (problem: Problem) => void;
  /** How often a row may be sent again where the server refused it for the moment. */
  readonly resends: () => number;
}

/*
 * Rows go in parts that grow: 1, 4, 16, 64. Reading back costs one request a part, so N rows cost about N + log N + 2
 * requests; and a server that resets what nobody asked for is caught after its first row, not after its last.
 */
const firstPart = 1;
const partGrows = 4;
const largestPart = 64;

/** Writes the rows of one run on one server. */
export class ServerRun {
  readonly gate: Gate;
  #queue: EngineRow[];
  #stop: Problem | null = null;
  #ended = false;
  #parallel: number;
  readonly #patience = new Patience();
  readonly #outcomes: Outcomes;
  /** Fields whose side effects a person has accepted. */
  readonly #accepted = new Set<string>();

  constructor(
    private readonly parts: ServerRunParts,
    rows: readonly EngineRow[],
  ) {
    this.#queue = [...rows];
    this.#parallel = parts.connection.parallel;
    this.gate = new Gate(parts.changed);
    this.#outcomes = new Outcomes({
      writer: parts.writer,
      tell: parts.tell,
      resends: () => (this.#stop || this.gate.cancelled ? 0 : parts.resends()),
      take: (sent, judged) => this.#take(sent, judged),
      halt: (why) => this.#halt(why),
    });
  }

  /** Why the remaining rows are not tried: the server refuses this account or this machine. */
  get stopped(): Problem | null {
    return this.#stop;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Runs until every row has its outcome. Never throws. */
  async go(): Promise<void> {
    let size = firstPart;
    let live: ReadonlyMap<string, JsonObject> | null = null;
    while (this.#queue.length > 0 || this.#outcomes.unkept) {
      const { go, waited } = await this.gate.pass();
      if (!go) break;
      this.#outcomes.judgeUnkept();
      if (!this.gate.open || this.#queue.length === 0) continue;
      // What was read before a halt may have changed since.
      if (waited) live = null;
      const part = ofOneDirectory(this.#queue.slice(0, size));
      const read: ReadonlyMap<string, JsonObject> | null = live ?? (await this.#readOrHalt(part));
      if (this.#stop) break;
      if (!read) continue;
      this.#queue.splice(0, part.length);
      size = Math.min(size * partGrows, largestPart);
      const sent = await this.#send(part, read);
      const next = ofOneDirectory(this.#queue.slice(0, size));
      const along = next.filter(({ connection }) => connection.collection === part[0]?.connection.collection);
      const found = await this.#readBack(sent, along);
      live = along.length === next.length ? found : null;
      if (this.#stop) break;
    }
    this.#finish();
    this.#ended = true;
    this.parts.changed();
  }

  /** Resumes after a person has seen a side effect; does not ask about the same field again. */
  goOn(): void {
    const halt = this.gate.halt;
    if (halt?.kind === 'asking') {
      for (const field of String(halt.problem.params.fields ?? '').split(', ')) this.#accepted.add(field);
    }
    this.gate.resume();
  }

  /** Reads the records of a part's rows; halts the server if that fails. */
  async #readOrHalt(rows: readonly EngineRow[]): Promise<ReadonlyMap<string, JsonObject> | null> {
    for (const row of rows) this.parts.tell(row, 'checking', null);
    try {
      return await this.#read(rows, rows.map(beforeWrite));
    } catch (error) {
      for (const row of rows) this.parts.tell(row, 'waiting', null);
      this.#halt(problemOf(error));
      return null;
    }
  }

  /** @param rows of one directory, some of the wanted ones */
  async #read(
    rows: readonly EngineRow[],
    wanted: readonly Wanted[],
  ): Promise<ReadonlyMap<string, JsonObject>> {
    const of = rows[0]?.connection;
    return of ? readAgain(this.parts.server, of, wanted, () => this.gate.cancelled) : new Map();
  }

  /**
   * Sends a part's rows, several in parallel. A row that must not begin now goes back to the queue. After a lost
   * answer none begins before the server is read again: a hanging server would be sent them all in vain.
   */
  async #send(part: readonly EngineRow[], live: ReadonlyMap<string, JsonObject>): Promise<Sent[]> {
    const rows = [...part];
    const sent: Sent[] = [];
    let lost = false;
    const worker = async (driver: Driver, context: DriverContext): Promise<void> => {
      for (let row = rows[0]; row && this.gate.open && !this.#stop && !lost; row = rows[0]) {
        rows.shift();
        const one = await this.#sendOne(row, live.get(row.change.remoteId) ?? null, driver, context);
        if (one === 'again') rows.push(row);
        else if (one) sent.push(one);
        lost ||= one !== null && one !== 'again' && one.answer.kind === 'lost';
      }
    };
    const of = part[0]?.connection;
    if (!of) return sent;
    try {
      await this.parts.server.withServer(of, never, (driver, context) =>
        Promise.all(Array.from({ length: this.#parallel }, () => worker(driver, context))),
      );
    } catch (error) {
      // No credential available: nothing was sent.
      this.#halt(problemOf(error));
    }
    const back = new Set(rows);
    this.#queue.unshift(...part.filter((row) => back.has(row)));
    for (const row of back) this.parts.tell(row, 'waiting', null);
    return sent;
  }

  async #sendOne(
    row: EngineRow,
    live: JsonObject | null,
    driver: Driver,
    context: DriverContext,
  ): Promise<Sent | 'again' | null> {
    const { writer, tell } = this.parts;
    let write: PreparedWrite;
    let seq: number;
    try {
      const prepared = writer.prepare(row, driver, live);
      if ('skip' in prepared) {
        const { refused } = row;
        const judged = refused
          ? writer.overtaken(row, refused, live, prepared.skip)
          : writer.notWritten(row, 'skipped', prepared.skip);
        tell(row, 'done', judged);
        return null;
      }
      write = prepared;
      seq = writer.intent(write);
    } catch (error) {
      // The intent did not reach the disk (invariant 2): nothing is sent, the row waits.
      this.#halt(problemOf(error));
      return 'again';
    }
    tell(row, 'writing', null);
    const answer = await sendSafely(driver, context, write);
    tell(row, 'reading-back', null);
    this.#heed(answer);
    return { write, seq, answer };
  }

  /** Acts on what an answer means for the server's other rows. */
  #heed(answer: WriteAnswer): void {
    if (answer.kind === 'accepted') return;
    this.parts.noteReach(answer.problem);
    const wait = answer.retryAfterMs ?? (isBusy(answer.problem) ? this.#patience.next() : undefined);
    if (answer.kind === 'stop') this.#stop = answer.problem;
    else if (wait !== undefined) {
      this.#parallel = 1;
      this.gate.stop({ kind: 'waiting', problem: answer.problem, until: Date.now() + wait });
    } else if (answer.kind === 'not-sent') this.gate.stop({ kind: 'paused', problem: answer.problem });
  }

  /**
   * Reads back what was sent, in one request, and judges each row.
   * @param next the rows that come next: read along, to save a reading
   * @returns the records read; null if the next part must be read first
   */
  async #readBack(
    sent: readonly Sent[],
    next: readonly EngineRow[],
  ): Promise<ReadonlyMap<string, JsonObject> | null> {
    if (sent.length === 0) return null;
    let found: ReadonlyMap<string, JsonObject> | null = null;
    let why: Problem | null = null;
    if (sent.some(({ answer }) => answer.kind !== 'not-sent')) {
      try {
        const rows = sent.map(({ write }) => write.row);
        found = await this.#read(rows, [
          ...sent.map(({ write }) => afterWrite(write)),
          ...next.map(beforeWrite),
        ]);
      } catch (error) {
        why = problemOf(error);
        this.parts.noteReach(why);
        this.#halt(why);
      }
    }
    const evidence = sent.map((one): Evidence => {
      const id = one.write.row.change.remoteId;
      const now = one.answer.kind === 'not-sent' ? null : (found?.get(id) ?? null);
      return { sent: one, now, why: found && !now ? problem('unknown-record') : why };
    });
    await this.#outcomes.judge(evidence);
    return found;
  }

  /** Reports a row's outcome, and asks a person if the server changed more than asked. */
  #take({ write: { row }, seq }: Sent, judged: JudgedRow): void {
    if (judged.again) {
      this.#queue.unshift({ ...row, refused: seq });
      this.parts.tell(row, 'waiting', null);
      return;
    }
    this.parts.tell(row, 'done', judged);
    const unasked = judged.result.sideEffects.filter(({ field }) => !this.#accepted.has(field));
    if (unasked.length > 0) {
      const fields = unasked.map(({ field }) => field).join(', ');
      this.gate.stop({ kind: 'asking', problem: problem('side-effect', { fields }) });
    }
  }

  #unwritten(row: EngineRow): JudgedRow {
    const { writer } = this.parts;
    if (row.refused) return writer.staysRefused(row);
    return this.#stop
      ? writer.notWritten(row, 'skipped', stoppedBy(this.#stop))
      : writer.notWritten(row, 'cancelled', problem('cancelled'));
  }

  #halt(why: Problem): void {
    if (lockedOut.has(why.code)) this.#stop = why;
    else this.gate.stop({ kind: 'paused', problem: why });
  }

  /** Gives the rows that never began their outcome. */
  #finish(): void {
    const { tell } = this.parts;
    this.#outcomes.judgeUnkept();
    // Last: reading back may have succeeded though writing is refused.
    if (this.#stop) this.parts.noteReach(this.#stop);
    for (const row of this.#queue) {
      try {
        tell(row, 'done', this.#unwritten(row));
      } catch {
        // Cannot be stored now: the row stays waiting on the disk until the next start.
      }
    }
    this.#queue = [];
  }
}

/** The first rows, as far as they are of one directory: a part is read by one request. */
function ofOneDirectory(rows: readonly EngineRow[]): readonly EngineRow[] {
  const end = rows.findIndex(({ connection }) => connection.collection !== rows[0]?.connection.collection);
  return end < 0 ? rows : rows.slice(0, end);
}

/** Sends a write. An exception in the driver counts as a lost answer: the write may have left. */
async function sendSafely(
  driver: Driver,
  context: DriverContext,
  write: PreparedWrite,
): Promise<WriteAnswer> {
  try {
    return await driver.send(context, write.request);
  } catch (error) {
    return { kind: 'lost', problem: problemOf(error) };
  }
}

function stoppedBy(why: Problem): Problem {
  const reason: ProblemCode = why.code;
  return problem('stopped-by-server', { reason }, why.serverMessage);
}
