import { z } from 'zod';

/* The entries' bodies as versions before migration 3 wrote them. Frozen: the journal's own schemas go on without it. */

const field = z.string().min(1).max(200);
const value = z.union([z.string(), z.null(), z.strictObject({ sealed: z.string() })]);
const keptField = z.strictObject({ field, before: value, after: value });
export type KeptField = z.infer<typeof keptField>;

const problem = z.strictObject({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  serverMessage: z.string().max(2_000).optional(),
});

const subject = {
  connectionName: z.string(),
  site: z.string(),
  kind: z.enum(['simotel', 'edge']),
  workOrder: z.string(),
  actor: z.string(),
};

const intent = z.strictObject({
  ...subject,
  runId: z.uuid(),
  changeId: z.string(),
  fields: z.array(keptField),
  before: z.record(z.string(), z.json()),
});
const note = z.discriminatedUnion('note', [
  z.strictObject({ ...subject, note: z.enum(['reveal', 'copy']), field }),
  z.strictObject({ ...subject, note: z.literal('not-written'), fields: z.array(keptField), problem }),
  z.strictObject({
    ...subject,
    note: z.literal('secrets-exported'),
    secrets: z.number().int(),
    records: z.number().int(),
  }),
]);
export type Said = z.infer<typeof intent> | z.infer<typeof note>;

const outcome = z.strictObject({
  result: z.strictObject({
    problem: problem.nullable(),
    notStored: z.array(keptField),
    sideEffects: z.array(keptField),
    unverifiable: z.array(field),
  }),
  after: z.record(z.string(), z.json()).nullable(),
  by: z.enum(['run', 'start', 'resolve']),
});
export type Ended = z.infer<typeof outcome>['result'];

/** What an intent or a note says; null where it does not parse: such an entry is chained and not listed. */
export function saidIn(type: string, body: unknown): Said | null {
  return (type === 'intent' ? intent : note).safeParse(body).data ?? null;
}

/** What an outcome says; null where it does not parse. */
export function endedIn(body: unknown): Ended | null {
  return outcome.safeParse(body).data?.result ?? null;
}
