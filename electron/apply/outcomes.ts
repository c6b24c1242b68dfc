import { setImmediate as nextTurn } from 'node:timers/promises';
import type { JsonObject } from '../../shared/model/json';
import type { RunRow } from '../../shared/model/plan';
import type { Problem } from '../../shared/model/problem';
import type { WriteAnswer } from '../drivers/driver';
import { problemOf } from '../storage/problems';
import type { EngineRow, JudgedRow, PreparedWrite, RowEvidence, RowWriter } from './row-writer';

/** A row that was sent, and the answer. */
export interface Sent {
  readonly write: PreparedWrite;
  readonly seq: number;
  readonly answer: WriteAnswer;
}

/** What a row is to be judged by. */
export interface Evidence {
  readonly sent: Sent;
  /** The record as read back; null where it could not be read, then `why` says why. */
  readonly now: JsonObject | null;
  readonly why: Problem | null;
}

interface OutcomesParts {
  readonly writer: RowWriter;
  readonly tell: (row: EngineRow, state: RunRow['state'], judged: JudgedRow | null) => void;
  /** How often a row may be sent again now where the server refused it for the moment. */
  readonly resends: () => number;
  /** Takes a row's outcome, which is on the disk. */
  readonly take: (sent: Sent, judged: JudgedRow) => void;
  readonly halt: (why: Problem) => void;
}

// Outcomes in one transaction: they wait for the disk once.
const judgedTogether = 16;

/** Judges the rows that one server was sent, and keeps each outcome; later where the disk would not take it. */
export class Outcomes {
  /** Rows that were sent and whose outcome the disk would not take. */
  #unkept: Evidence[] = [];

  constructor(private readonly parts: OutcomesParts) {}

  get unkept(): boolean {
    return this.#unkept.length > 0;
  }

  async judge(evidence: readonly Evidence[]): Promise<void> {
    for (let at = 0; at < evidence.length; at += judgedTogether) {
      if (at > 0) await nextTurn();
      this.#judgeTogether(evidence.slice(at, at + judgedTogether));
    }
  }

  judgeUnkept(): void {
    for (const evidence of this.#unkept.splice(0)) this.#judgeOne(evidence);
  }

  /** Judges rows in one transaction; if that fails, one by one, so that one row's fault does not hit the others. */
  #judgeTogether(evidence: readonly Evidence[]): void {
    let judged: JudgedRow[];
    try {
      judged = this.parts.writer.judgeTogether(evidence.map((one) => this.#toJudge(one)));
    } catch {
      for (const one of evidence) this.#judgeOne(one);
      return;
    }
    judged.forEach((one, at) => {
      if (evidence[at]) this.parts.take(evidence[at].sent, one);
    });
  }

  #judgeOne(evidence: Evidence): void {
    try {
      this.parts.take(evidence.sent, this.parts.writer.judge(this.#toJudge(evidence)));
    } catch (error) {
      // The outcome could not be kept. A full disk may take it when the rows go on; else its intent is decided later.
      const why = problemOf(error);
      if (why.code !== 'internal') this.#unkept.push(evidence);
      const result = { problem: why, notStored: [], sideEffects: [], unverifiable: [] };
      this.parts.tell(evidence.sent.write.row, 'done', { outcome: 'unknown', result });
      this.parts.halt(why);
    }
  }

  #toJudge({ sent, now, why }: Evidence): RowEvidence {
    return { ...sent, now, why, resends: this.parts.resends() };
  }
}
