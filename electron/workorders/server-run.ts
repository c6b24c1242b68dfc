import type { Connection } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import type { RunRow } from '../../shared/model/plan';
import { type Problem, type ProblemCode, ProblemError, problem } from '../../shared/model/problem';
import { lockedOut } from '../connections/reach';
import type { Driver, DriverContext, WriteAnswer } from '../drivers/driver';
import type { ServerPort } from '../drivers/server-port';
import { problemOf } from '../storage/problems';
import { Gate } from './gate';
import type { EngineRow, JudgedRow, PreparedWrite, RowWriter } from './row-writer';

export interface ServerRunParts {
  readonly connection: Connection;
  readonly writer: RowWriter;
  readonly server: ServerPort;
  readonly tell: (row: EngineRow, state: RunRow['state'], judged: JudgedRow | null) => void;
  /** The server's own state (halted, stopped, ended) changed. */
  readonly changed: () => void;
  /** What a write's answer tells of the server's being there. */
  readonly noteReach: (problem: Problem) => void;
}

interface Sent {
  readonly write: PreparedWrite;
  readonly seq: number;
  readonly answer: WriteAnswer;
}

/** What a row is to be judged by. */
interface Evidence {
  readonly sent: Sent;
  /** The record as read back; null where it could not be read, then `why` says why. */
  readonly now: JsonObject | null;
  readonly why: Problem | null;
}

/*
 * Rows go in parts that grow: 1, 4, 16, 64. Reading back costs one request a part, so N rows cost about N + log N + 2
 * requests; and a server that resets what nobody asked for is caught after its first row, not after its last.
 */
const firstPart = 1;
const partGrows = 4;
const largestPart = 64;
/** Reading is safe to repeat, so it is, before a server's rows are paused. */
const readAgainAfterMs = [500, 2_000];
/** What is waited where a server asks for patience and does not say how long; doubled each time, up to a minute. */
const firstPatienceMs = 1_000;
const longestPatienceMs = 60_000;

/** The rows of one run on one server. */
export class ServerRun {
  readonly gate: Gate;
  #queue: EngineRow[];
  #stop: Problem | null = null;
  #ended = false;
  #parallel: number;
  #patience = firstPatienceMs;
  /** Rows that were sent and whose outcome the disk would not take. */
  #unkept: Evidence[] = [];
  /** Fields whose side effects a person has seen and gone on with. */
  readonly #accepted = new Set<string>();

  constructor(
    private readonly parts: ServerRunParts,
    rows: readonly EngineRow[],
  ) {
    this.#queue = [...rows];
    this.#parallel = parts.connection.parallel;
    this.gate = new Gate(parts.changed);
  }

  /** Why the remaining rows are not tried: the server refuses this account or this machine. */
  get stopped(): Problem | null {
    return this.#stop;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Works until every row has its outcome. Never throws. */
  async go(): Promise<void> {
    let size = firstPart;
    let live: ReadonlyMap<string, JsonObject> | null = null;
    while (this.#queue.length > 0 || this.#unkept.length > 0) {
      const { go, waited } = await this.gate.pass();
      if (!go) break;
      this.#keepLate();
      if (!this.gate.open || this.#queue.length === 0) continue;
      // What was read before a halt may have changed since.
      if (waited) live = null;
      const part = this.#queue.slice(0, size);
      const read: ReadonlyMap<string, JsonObject> | null = live ?? (await this.#readOrHalt(part));
      if (this.#stop) break;
      if (!read) continue;
      this.#queue.splice(0, part.length);
      size = Math.min(size * partGrows, largestPart);
      const sent = await this.#send(part, read);
      live = await this.#readBack(sent, this.#queue.slice(0, size));
      if (this.#stop) break;
    }
    this.#finish();
    this.#ended = true;
    this.parts.changed();
  }

  /** A person has seen a side effect and lets the rest go on; the same field is not asked about again. */
  goOn(): void {
    const halt = this.gate.halt;
    if (halt?.kind === 'asking') {
      for (const field of String(halt.problem.params.fields ?? '').split(', ')) this.#accepted.add(field);
    }
    this.gate.resume();
  }

  /** Reads what a part's rows are now; halts the server where it cannot be read. */
  async #readOrHalt(rows: readonly EngineRow[]): Promise<ReadonlyMap<string, JsonObject> | null> {
    for (const row of rows) this.parts.tell(row, 'checking', null);
    try {
      return await this.#read(rows.map((row) => [row.change.remoteId, row.hint ?? {}]));
    } catch (error) {
      for (const row of rows) this.parts.tell(row, 'waiting', null);
      this.#halt(problemOf(error));
      return null;
    }
  }

  async #read(wanted: readonly (readonly [string, JsonObject])[]): Promise<ReadonlyMap<string, JsonObject>> {
    const hints = new Map(wanted);
    for (const wait of [...readAgainAfterMs, null]) {
      try {
        return await this.parts.server.withServer(this.parts.connection, never, (driver, context) =>
          driver.readMany(context, [...hints.keys()], hints),
        );
      } catch (error) {
        const again = error instanceof ProblemError && !lockedOut.has(error.problem.code) && wait !== null;
        if (!again || this.gate.cancelled) throw error;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
    return new Map();
  }

  /**
   * Sends a part's rows, several at a time. A row that must not begin any more goes back to the queue; after a lost
   * answer none begins before the server was read again, or a server that hangs would be sent them all in vain.
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
    try {
      await this.parts.server.withServer(this.parts.connection, never, (driver, context) =>
        Promise.all(Array.from({ length: this.#parallel }, () => worker(driver, context))),
      );
    } catch (error) {
      // No credential is to be had: nothing was sent.
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
        tell(row, 'done', writer.notWritten(row, 'skipped', prepared.skip));
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

  /** What an answer means for the server's other rows. */
  #heed(answer: WriteAnswer): void {
    if (answer.kind === 'accepted') return;
    this.parts.noteReach(answer.problem);
    const wait = answer.retryAfterMs ?? this.#ownPatience(answer.problem);
    if (answer.kind === 'stop') this.#stop = answer.problem;
    else if (wait !== undefined) {
      this.#parallel = 1;
      this.gate.stop({ kind: 'waiting', problem: answer.problem, until: Date.now() + wait });
    } else if (answer.kind === 'not-sent') this.gate.stop({ kind: 'paused', problem: answer.problem });
  }

  #ownPatience({ code }: Problem): number | undefined {
    if (code !== 'rate-limited') return undefined;
    const wait = this.#patience;
    this.#patience = Math.min(wait * 2, longestPatienceMs);
    return wait;
  }

  /**
   * Reads back what was sent, in one go, and judges each row.
   * @param next the rows that come next: they are read along, so that they need no reading of their own
   * @returns the records read; null where there is nothing to go on with
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
        found = await this.#read([
          ...sent.map(({ write }) => [write.row.change.remoteId, hintAfter(write)] as const),
          ...next.map((row) => [row.change.remoteId, row.hint ?? {}] as const),
        ]);
      } catch (error) {
        why = problemOf(error);
        this.parts.noteReach(why);
        this.#halt(why);
      }
    }
    for (const one of sent) {
      const id = one.write.row.change.remoteId;
      const now = one.answer.kind === 'not-sent' ? null : (found?.get(id) ?? null);
      this.#judge({ sent: one, now, why: found && !now ? problem('unknown-record') : why });
    }
    return found;
  }

  #judge(evidence: Evidence): void {
    const { write, seq, answer } = evidence.sent;
    const { row } = write;
    try {
      const judged = this.parts.writer.judge(write, seq, answer, evidence.now, evidence.why);
      this.parts.tell(row, 'done', judged);
      const unasked = judged.result.sideEffects.filter(({ field }) => !this.#accepted.has(field));
      if (unasked.length > 0) {
        const fields = unasked.map(({ field }) => field).join(', ');
        this.gate.stop({ kind: 'asking', problem: problem('side-effect', { fields }) });
      }
    } catch (error) {
      // The outcome could not be kept. A full disk may take it when the rows go on; else its intent is decided later.
      const why = problemOf(error);
      if (why.code !== 'internal') this.#unkept.push(evidence);
      const result = { problem: why, notStored: [], sideEffects: [], unverifiable: [] };
      this.parts.tell(row, 'done', { outcome: 'unknown', result });
      this.#halt(why);
    }
  }

  #keepLate(): void {
    for (const evidence of this.#unkept.splice(0)) this.#judge(evidence);
  }

  #halt(why: Problem): void {
    if (lockedOut.has(why.code)) this.#stop = why;
    else this.gate.stop({ kind: 'paused', problem: why });
  }

  /** Gives the rows that were never begun their outcome. */
  #finish(): void {
    const { writer, tell } = this.parts;
    this.#keepLate();
    // Said last: reading back may have gone well where writing is refused.
    if (this.#stop) this.parts.noteReach(this.#stop);
    for (const row of this.#queue) {
      try {
        const judged = this.#stop
          ? writer.notWritten(row, 'skipped', stoppedBy(this.#stop))
          : writer.notWritten(row, 'cancelled', problem('cancelled'));
        tell(row, 'done', judged);
      } catch {
        // It cannot be kept now; the row stays waiting on the disk and stands there at the next start.
      }
    }
    this.#queue = [];
  }
}

/** A driver's own mistake is no reason to forget a row that may have left. */
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

/** What has begun is finished and read back: no write is cut off half-way. */
const never = new AbortController().signal;

function stoppedBy(why: Problem): Problem {
  const reason: ProblemCode = why.code;
  return problem('stopped-by-server', { reason }, why.serverMessage);
}

/** How a record may be found after its write: it may have a new number. */
function hintAfter({ live, request }: PreparedWrite): JsonObject {
  return { ...live, ...Object.fromEntries([...request.asked].filter(([name]) => Object.hasOwn(live, name))) };
}
