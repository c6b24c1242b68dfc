import { z } from 'zod';
import { changeIdSchema, workOrderIdSchema } from './change';
import { connectionIdSchema } from './connection';
import { problemSchema } from './problem';
import { fieldNameSchema, remoteIdSchema, shownValueSchema } from './record';

export const planStatusSchema = z.enum(['ready', 'no-op', 'conflict', 'missing', 'invalid']);

export const outcomes = ['applied', 'rejected', 'side-effect', 'unknown', 'skipped', 'cancelled'] as const;
export const outcomeSchema = z.enum(outcomes);
export type Outcome = z.infer<typeof outcomeSchema>;

export const planFieldSchema = z.strictObject({
  field: fieldNameSchema,
  base: shownValueSchema,
  live: shownValueSchema,
  next: shownValueSchema,
  verdict: z.enum(['ready', 'no-op', 'conflict', 'invalid']),
  problem: z.strictObject({ code: z.string(), detail: z.string().optional() }).nullable(),
});
export type PlanField = z.infer<typeof planFieldSchema>;

/** The exact request that a row would send; secrets masked. */
export const plannedRequestSchema = z.strictObject({
  method: z.string(),
  url: z.string(),
  body: z.string(),
});
export type PlannedRequest = z.infer<typeof plannedRequestSchema>;

export const findingCodes = [
  'duplicate-in-plan',
  'duplicate-on-server',
  'number-swap',
  'number-still-taken',
  'target-missing',
] as const;

/** Something that only shows when the rows are seen together with the whole directory. */
export const findingSchema = z.strictObject({
  code: z.enum(findingCodes),
  field: fieldNameSchema,
  /** The value it is about, and the other record's title where there is one. */
  value: z.string(),
  other: z.string(),
  /** The row must not be written as it is. A finding that does not block is a warning. */
  blocking: z.boolean(),
});
export type Finding = z.infer<typeof findingSchema>;

export const planRowSchema = z.strictObject({
  changeId: changeIdSchema,
  connectionId: connectionIdSchema,
  remoteId: remoteIdSchema,
  title: z.string(),
  status: planStatusSchema,
  fields: z.array(planFieldSchema),
  findings: z.array(findingSchema),
  request: plannedRequestSchema.nullable(),
});
export type PlanRow = z.infer<typeof planRowSchema>;

/** What applying would do now. Servers that could not be read stand in `unread`, with the reason. */
export const planSchema = z.strictObject({
  id: z.uuid(),
  workOrderId: workOrderIdSchema,
  madeAt: z.number().int(),
  /** The first rows; the others are asked for with `plan.rows`. */
  rows: z.array(planRowSchema),
  total: z.number().int(),
  unread: z.array(
    z.strictObject({ connectionId: connectionIdSchema, changes: z.number().int(), problem: problemSchema }),
  ),
});
export type Plan = z.infer<typeof planSchema>;

/** A field whose value after the write is not what it should be. */
export const fieldDifferenceSchema = z.strictObject({
  field: fieldNameSchema,
  before: shownValueSchema,
  after: shownValueSchema,
});

/** What became of one change. */
export const rowOutcomeSchema = z.strictObject({
  outcome: outcomeSchema,
  /** Why, where there is something to say. */
  problem: problemSchema.nullable(),
  /** Asked for, but read back otherwise. */
  notStored: z.array(fieldDifferenceSchema),
  /** Changed although nobody asked. */
  sideEffects: z.array(fieldDifferenceSchema),
  /** Asked for and not readable (a panel password). */
  unverifiable: z.array(fieldNameSchema),
});
export type RowOutcome = z.infer<typeof rowOutcomeSchema>;

export const runRowStateSchema = z.enum(['waiting', 'checking', 'writing', 'reading-back', 'done']);

/** One row of a run as it goes. */
export const runRowSchema = z.strictObject({
  changeId: changeIdSchema,
  connectionId: connectionIdSchema,
  remoteId: remoteIdSchema,
  title: z.string(),
  state: runRowStateSchema,
  result: rowOutcomeSchema.nullable(),
});
export type RunRow = z.infer<typeof runRowSchema>;

/** One server of a run: whether its rows go on, and if not, why and until when. */
export const runServerSchema = z.strictObject({
  connectionId: connectionIdSchema,
  /** `asking`: a side effect was seen, a person must say whether the rest may go on. `interrupted`: the program ended. */
  state: z.enum(['running', 'paused', 'asking', 'waiting', 'stopped', 'interrupted', 'done']),
  problem: problemSchema.nullable(),
  /** Milliseconds since 1970 at which it goes on by itself, where it does. */
  resumesAt: z.number().nullable(),
});
export type RunServer = z.infer<typeof runServerSchema>;

/** A run without its rows. */
export const runHeadSchema = z.strictObject({
  id: z.uuid(),
  workOrderId: workOrderIdSchema,
  startedAt: z.number().int(),
  endedAt: z.number().int().nullable(),
  servers: z.array(runServerSchema),
});
export type RunHead = z.infer<typeof runHeadSchema>;

export const runSchema = runHeadSchema.extend({ rows: z.array(runRowSchema) });
export type Run = z.infer<typeof runSchema>;
