import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type Changed, play, type Stage, send } from './fault-play.ts';
import { type FaultList, isWrite } from './faults.ts';
import type { LogEntry, RequestLog } from './log.ts';
import type { CommonModes } from './modes-common.ts';
import { createRng, type Rng } from './rng.ts';
import { readBody } from './transport.ts';
import { type Answer, type Fields, type Kind, readJson, type SimRequest, type World } from './types.ts';

/** The server stopped while this request waited. */
class Stopped extends Error {}

/** One request from its arrival to its answer: logged, delayed, faulted, carried out. */
export class Exchange<M extends CommonModes> {
  private readonly jitter: Rng;
  private underWay = 0;
  private life = 0;
  private later: { left: number; readonly run: () => void }[] = [];

  constructor(
    private readonly kind: Kind<M>,
    private readonly world: World<M>,
    private readonly faults: FaultList,
    private readonly requests: RequestLog,
    private readonly crash: Stage['crash'],
    seed: number,
  ) {
    this.jitter = createRng(seed);
  }

  /** Called when the server stops: a waiting request must not write afterwards. */
  abandon(): void {
    this.life += 1;
  }

  /** Cancels what was scheduled after further readings. */
  forget(): void {
    this.later = [];
  }

  async receive(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const method = request.method ?? 'GET';
    this.underWay += 1;
    const entry = this.requests.open({
      method,
      path: url.pathname,
      query: url.search,
      headers: request.headers,
      concurrent: this.underWay,
    });
    response.once('close', () => {
      this.underWay -= 1;
    });
    response.once('finish', () => {
      entry.answered = true;
    });
    try {
      entry.body = await readBody(request);
      const parsed = readJson(entry.body);
      const recordId = this.kind.recordIdOf(url.searchParams, parsed);
      if (parsed !== undefined) entry.parsed = parsed;
      if (recordId !== undefined) entry.recordId = recordId;
      await this.answer(
        {
          method,
          path: url.pathname,
          query: url.searchParams,
          headers: request.headers,
          body: entry.body,
          parsed,
          recordId,
        },
        response,
        entry,
      );
    } catch (error) {
      // A client that left and a server that stopped need no answer; anything else is a bug here and must show.
      if (error instanceof Stopped || !request.complete) response.destroy();
      else send(response, 500, { 'content-type': 'text/plain' }, `simulator bug: ${String(error)}`);
    } finally {
      entry.status = response.headersSent ? response.statusCode : 0;
    }
  }

  private async answer(request: SimRequest, response: ServerResponse, entry: LogEntry): Promise<void> {
    const { modes } = this.world;
    const life = this.life;
    const fault = this.faults.take(request);
    if (fault) entry.fault = fault.kind;
    if (modes.keepAlive === 'no') response.setHeader('connection', 'close');
    const delay = modes.delayMs + (modes.jitterMs > 0 ? this.jitter.int(0, modes.jitterMs + 1) : 0);
    if (delay > 0) await wait(delay);
    const { records, unreadable } = this.world;
    const before = new Map(records);
    const apply = (): Answer => {
      if (life !== this.life) throw new Stopped();
      const handled = this.kind.handle(request, this.world);
      entry.applied = handled.applied;
      entry.status = handled.answer.status;
      if (!isWrite(request)) this.countReading();
      return modes.unicodeEscapes === 'yes'
        ? { ...handled.answer, body: escapeUnicode(handled.answer.body) }
        : handled.answer;
    };
    if (fault)
      return play(fault, response, {
        apply,
        failure: this.kind.failure,
        changed: () => difference(before, records),
        store: (id, record) => (record ? records.set(id, record) : records.delete(id)),
        afterReads: (left, run) => this.later.push({ left, run }),
        makeUnreadable: (id) => unreadable.add(id),
        crash: this.crash,
      });
    const answer = apply();
    send(response, answer.status, answer.headers, answer.body);
  }

  /** After the answer is made: what this reading still saw may be gone for the next. */
  private countReading(): void {
    for (const one of this.later) one.left -= 1;
    const due = this.later.filter((one) => one.left === 0);
    this.later = this.later.filter((one) => one.left > 0);
    for (const one of due) one.run();
  }
}

function difference(
  before: ReadonlyMap<string, Fields>,
  after: ReadonlyMap<string, Fields>,
): readonly Changed[] {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids]
    .map((id) => ({ id, before: before.get(id), after: after.get(id) }))
    .filter((one) => one.before !== one.after);
}

function escapeUnicode(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
