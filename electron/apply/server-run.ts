import type { Connection } from '../../shared/model/connection';
import type { RunRow } from '../../shared/model/plan';
import { type Problem, type ProblemCode, problem } from '../../shared/model/problem';
import { lockedOut } from '../connections/reach';
import type { ServerPort } from '../drivers/server-port';
import { problemOf } from '../storage/problems';
import { Gate } from './gate';
import { type Evidence, Outcomes, type Sent } from './outcomes';
import { PartSender } from './part-sender';
import type { EngineRow, JudgedRow, RowWriter } from './row-writer';
import { afterWrite, beforeWrite, type Reading, readAgain, type Wanted } from './server-reading';

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

/*
 * Once parts are as large as they get, the next one is sent while the last one is read back, so that the server is not
 * idle meanwhile. Its rows were read with the part before. What was read longer ago than this is read again first: a
 * record is written as it was read.
 */
const freshMs = 1_000;

interface SentPart {
  /** Its reading back; null if the next part must be read first. Never rejects. */
  readonly back: Promise<Reading | null>;
  /** All of its rows were sent and accepted. */
  readonly clean: boolean;
}

/** Writes the rows of one run on one server. */
export class ServerRun {
  readonly gate: Gate;
  #queue: EngineRow[];
  #stop: Problem | null = null;
  #ended = false;
  #size = firstPart;
  /** What was read of the rows that come next. */
  #known: Reading | null = null;
  /** The part that was sent last, until it is read back. */
  #sentLast: SentPart | null = null;
  readonly #outcomes: Outcomes;
  readonly #sender: PartSender;
  /** Fields whose side effects a person has accepted. */
  readonly #accepted = new Set<string>();

  constructor(
    private readonly parts: ServerRunParts,
    rows: readonly EngineRow[],
  ) {
    this.#queue = [...rows];
    this.gate = new Gate(parts.changed);
    this.#sender = new PartSender({
      ...parts,
      gate: this.gate,
      stopped: () => this.#stop !== null,
      stop: (why) => {
        this.#stop = why;
      },
      halt: (why) => this.#halt(why),
      back: (rest) => this.#takeBack(rest),
    });
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
    for (;;) {
      if (this.#sentLast && !this.#mayGoOn()) {
        this.#known = await this.#sentLast.back;
        this.#sentLast = null;
      }
      if (this.#stop) break;
      if (!this.#sentLast) {
        if (this.#queue.length === 0 && !this.#outcomes.unkept) break;
        const { go, waited } = await this.gate.pass();
        if (!go) break;
        this.#outcomes.judgeUnkept();
        if (!this.gate.open || this.#queue.length === 0) continue;
        // What was read before a halt may have changed since.
        if (waited) this.#known = null;
      }
      await this.#writePart(ofOneDirectory(this.#queue.slice(0, this.#size)));
    }
    this.#finish();
    this.#ended = true;
    this.parts.changed();
  }

  /** Sends a part, and begins to read it back. */
  async #writePart(part: readonly EngineRow[]): Promise<void> {
    const read = this.#known?.covers(part) ? this.#known : await this.#readOrHalt(part);
    if (this.#stop || !read) return;
    this.#queue.splice(0, part.length);
    const before = this.#sentLast?.back ?? null;
    const sent = await this.#sender.send(part, read, before);
    this.#known = before ? await before : read;
    this.#size = Math.min(this.#size * partGrows, largestPart);
    const clean = sent.length === part.length && sent.every(({ answer }) => answer.kind === 'accepted');
    this.#sentLast = { back: this.#readBack(sent, this.#queue.slice(0, ahead(this.#size))), clean };
  }

  /** Whether the next part may be sent while the last one, all of whose rows were accepted, is read back. */
  #mayGoOn(): boolean {
    const part = ofOneDirectory(this.#queue.slice(0, this.#size));
    const read = this.#known;
    const mayOverlap =
      this.#sentLast?.clean === true && this.#size === largestPart && this.#sender.parallel > 1;
    const known = read !== null && part.length > 0 && read.covers(part) && read.ageMs < freshMs;
    return mayOverlap && known && this.gate.open && !this.#stop && !this.#outcomes.unkept;
  }

  #takeBack(rows: readonly EngineRow[]): void {
    this.#queue.unshift(...rows);
    for (const row of rows) this.parts.tell(row, 'waiting', null);
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
  async #readOrHalt(rows: readonly EngineRow[]): Promise<Reading | null> {
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
  async #read(rows: readonly EngineRow[], wanted: readonly Wanted[]): Promise<Reading | null> {
    const of = rows[0]?.connection;
    return of ? readAgain(this.parts.server, of, wanted, () => this.gate.cancelled) : null;
  }

  /**
   * Reads back what was sent, in one request, and judges each row.
   * @param next the rows that come next: read along, to save a reading
   * @returns the records read; null if the next part must be read first
   */
  async #readBack(sent: readonly Sent[], next: readonly EngineRow[]): Promise<Reading | null> {
    if (sent.length === 0) return null;
    let read: Reading | null = null;
    let why: Problem | null = null;
    if (sent.some(({ answer }) => answer.kind !== 'not-sent')) {
      try {
        const rows = sent.map(({ write }) => write.row);
        const along = next.filter(
          ({ connection }) => connection.collection === rows[0]?.connection.collection,
        );
        read = await this.#read(rows, [
          ...sent.map(({ write }) => afterWrite(write)),
          ...along.map(beforeWrite),
        ]);
      } catch (error) {
        why = problemOf(error);
        this.parts.noteReach(why);
        this.#halt(why);
      }
    }
    const evidence = sent.map((one): Evidence => {
      const id = one.write.row.change.remoteId;
      const now = one.answer.kind === 'not-sent' ? null : (read?.found.get(id) ?? null);
      return { sent: one, now, why: read && !now ? problem('unknown-record') : why };
    });
    await this.#outcomes.judge(evidence);
    return read;
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

/** How many rows are read along: the next part's and, where that may be sent while this one is read back, those after it. */
function ahead(size: number): number {
  return size * partGrows >= largestPart ? size + largestPart : size;
}

function stoppedBy(why: Problem): Problem {
  const reason: ProblemCode = why.code;
  return problem('stopped-by-server', { reason }, why.serverMessage);
}
