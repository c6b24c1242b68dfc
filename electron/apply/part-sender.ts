import type { Connection } from '../../shared/model/connection';
import type { RunRow } from '../../shared/model/plan';
import type { Problem } from '../../shared/model/problem';
import type { Driver, DriverContext, WriteAnswer } from '../drivers/driver';
import type { ServerPort } from '../drivers/server-port';
import { problemOf } from '../storage/problems';
import { isBusy } from './decide';
import type { Gate } from './gate';
import { Intents } from './intents';
import type { Sent } from './outcomes';
import { Patience } from './patience';
import type { EngineRow, JudgedRow, PreparedWrite, RowWriter } from './row-writer';
import { never, type Reading } from './server-reading';

interface PartSenderParts {
  readonly connection: Connection;
  readonly writer: RowWriter;
  readonly server: ServerPort;
  readonly gate: Gate;
  readonly tell: (row: EngineRow, state: RunRow['state'], judged: JudgedRow | null) => void;
  /** Notes what an answer says of the server's reachability. */
  readonly noteReach: (problem: Problem) => void;
  readonly stopped: () => boolean;
  /** The server refuses this account or this machine. */
  readonly stop: (why: Problem) => void;
  readonly halt: (why: Problem) => void;
  /** Takes back rows that must not begin now. */
  readonly back: (rows: readonly EngineRow[]) => void;
}

/** Sends the rows of one server, part by part, several rows in parallel. */
export class PartSender {
  #parallel: number;
  /** An answer of this part was lost. */
  #lost = false;
  readonly #patience = new Patience();
  readonly #intents: Intents;

  constructor(private readonly parts: PartSenderParts) {
    const { writer, halt } = parts;
    this.#parallel = parts.connection.parallel;
    this.#intents = new Intents({
      writer,
      halt,
      open: () => this.#open,
      skip: (row, live, why) => this.#skip(row, live, why),
    });
  }

  /** How many requests the server is sent at a time. */
  get parallel(): number {
    return this.#parallel;
  }

  /**
   * Sends a part's rows, all of one directory. A row that must not begin now is given back. After a lost answer none begins before the server
   * is read again: a hanging server would be sent them all in vain.
   * @param beside a reading under way, which counts as one of the requests at a time
   */
  async send(
    part: readonly EngineRow[],
    reading: Reading,
    beside: Promise<unknown> | null = null,
  ): Promise<Sent[]> {
    const rows = [...part];
    const sent: Sent[] = [];
    this.#lost = false;
    const worker = async (driver: Driver, context: DriverContext): Promise<void> => {
      for (let row = rows[0]; row && this.#open; row = rows[0]) {
        rows.shift();
        const one = await this.#sendOne(row, reading, driver, context);
        if (one === 'again') rows.push(row);
        else if (one) sent.push(one);
      }
    };
    const of = part[0]?.connection;
    if (!of) return sent;
    try {
      await this.parts.server.withServer(of, never, (driver, context) =>
        Promise.all(
          Array.from({ length: this.#parallel }, async (_, n) => {
            if (n === 0) await beside;
            await worker(driver, context);
          }),
        ),
      );
    } catch (error) {
      // No credential available: nothing was sent.
      this.parts.halt(problemOf(error));
    }
    const back = new Set(rows);
    this.parts.back(part.filter((row) => back.has(row)));
    return sent;
  }

  get #open(): boolean {
    return this.parts.gate.open && !this.parts.stopped() && !this.#lost;
  }

  async #sendOne(
    row: EngineRow,
    reading: Reading,
    driver: Driver,
    context: DriverContext,
  ): Promise<Sent | 'again' | null> {
    const begun = await this.#intents.begin(row, reading.found.get(row.change.remoteId) ?? null, driver);
    if (begun === null || begun === 'again') return begun;
    this.parts.tell(row, 'writing', null);
    const answer = await sendSafely(driver, context, begun.write);
    this.parts.tell(row, 'reading-back', null);
    this.#heed(answer);
    return { ...begun, answer };
  }

  #skip(row: EngineRow, live: Parameters<RowWriter['overtaken']>[2], why: Problem): void {
    const { writer, tell } = this.parts;
    const judged = row.refused
      ? writer.overtaken(row, row.refused, live, why)
      : writer.notWritten(row, 'skipped', why);
    tell(row, 'done', judged);
  }

  /** Acts on what an answer means for the server's other rows. */
  #heed(answer: WriteAnswer): void {
    if (answer.kind === 'accepted') return;
    const { gate, noteReach, stop } = this.parts;
    noteReach(answer.problem);
    this.#lost ||= answer.kind === 'lost';
    const wait = answer.retryAfterMs ?? (isBusy(answer.problem) ? this.#patience.next() : undefined);
    if (answer.kind === 'stop') stop(answer.problem);
    else if (wait !== undefined) {
      this.#parallel = 1;
      gate.stop({ kind: 'waiting', problem: answer.problem, until: Date.now() + wait });
    } else if (answer.kind === 'not-sent') gate.stop({ kind: 'paused', problem: answer.problem });
  }
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
