import { randomUUID } from 'node:crypto';
import type { Intent, OutcomeEntry } from '../../electron/journal/entries';
import type { Journal, Subject } from '../../electron/journal/journal';
import { connectionIdSchema } from '../../shared/model/connection';

/** The connection that made-up entries are about; no other table knows it. */
export const connectionId = connectionIdSchema.parse('3f0c0d7e-0c0f-4c55-9a54-0d4f6b6f0c11');

/** What every made-up entry says of its connection and work order. */
export const about = {
  connectionName: 'PBX',
  site: 'Site',
  kind: 'simotel',
  workOrder: 'WO-1',
  actor: 't@b',
} as const;

/** A record that made-up entries are about. */
export const subject = (remoteId: string, more: Partial<Subject> = {}): Subject => ({
  connectionId,
  remoteId,
  title: `Title ${remoteId}`,
  workOrderId: null,
  ...more,
});

/** A made-up write of a name. */
export const intent = (more: Partial<Intent> = {}): Intent => ({
  ...about,
  runId: randomUUID(),
  changeId: randomUUID(),
  fields: [{ field: 'name', before: 'A', after: 'B' }],
  before: { _id: 'x', name: 'A' },
  ...more,
});

/** What came of a made-up write. */
export const ending = (more: Partial<OutcomeEntry> = {}): OutcomeEntry => ({
  result: { problem: null, notStored: [], sideEffects: [], unverifiable: [] },
  after: null,
  by: 'run',
  ...more,
});

/** Adds applied writes of records `r0`, `r1` and so on. */
export function addWrites(
  journal: Journal,
  count: number,
  { name = 'r', from = 0, of = () => ({}) }: AddOptions = {},
): void {
  for (let n = from; n < from + count; n += 1) {
    const record = subject(`${name}${n}`);
    const seq = journal.intent(record, intent({ before: { _id: record.remoteId }, ...of(n) }));
    journal.outcome(seq, record, 'applied', ending());
  }
}

interface AddOptions {
  readonly name?: string;
  readonly from?: number;
  /** What the nth intent has of its own. */
  readonly of?: (n: number) => Partial<Intent>;
}
