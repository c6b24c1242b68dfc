import { z } from 'zod';
import { collectionIdSchema } from '../catalog';
import { fieldProblemCodes } from '../catalog/validate';
import { changeIdSchema, workOrderIdSchema } from './change';
import { connectionIdSchema } from './connection';
import { problemSchema } from './problem';
import { fieldNameSchema, remoteIdSchema, shownValueSchema } from './record';

export const planStatusSchema = z.enum(['ready', 'no-op', 'conflict', 'missing', 'invalid']);

export const outcomes = ['applied', 'rejected', 'side-effect', 'unknown', 'skipped', 'cancelled'] as const;
export const outcomeSchema = z.enum(outcomes);
export type Outcome = z.infer<typeof outcomeSchema>;

/** What may be told of a secret that is about to be written, so that a spoilt one is seen: never the secret, no hash of it. */
export const secretLookSchema = z.strictObject({
  /** In characters as people count them. */
  length: z.number().int(),
  kinds: z.array(z.enum(['lower', 'upper', 'digits', 'signs', 'letters', 'unseen', 'edge-spaces'])),
  /** It reads like what a spreadsheet or database leaves where a value is missing or broken. */
  looksLikeError: z.boolean(),
  sameAsBefore: z.boolean(),
  /** It is the record's own number. */
  isNumber: z.boolean(),
  /** Other records that get the same secret: in this work order, and that have it on the server as last read (null: not counted). */
  othersInOrder: z.number().int(),
  othersOnServer: z.number().int().nullable(),
});
export type SecretLook = z.infer<typeof secretLookSchema>;

export const planFieldSchema = z.strictObject({
  field: fieldNameSchema,
  base: shownValueSchema,
  live: shownValueSchema,
  next: shownValueSchema,
  /** Only of a secret. */
  look: secretLookSchema.optional(),
  verdict: z.enum(['ready', 'no-op', 'conflict', 'invalid']),
  problem: z.strictObject({ code: z.enum(fieldProblemCodes), detail: z.string().optional() }).nullable(),
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
  'day-over',
  'day-unlikely',
  'record-twice',
  'record-twice-likely',
  'title-changed',
  'returned-unchecked',
  'secret-error-value',
  'secret-unseen',
  'secret-spaces',
  'secret-is-number',
  'secret-shared',
] as const;

/** Something that only shows when the rows are seen together with the whole directory. */
export const findingSchema = z.strictObject({
  code: z.enum(findingCodes),
  /** Null where it is about the whole record. */
  field: fieldNameSchema.nullable(),
  /** The value it is about, and the other record's title where there is one. */
  value: z.string(),
  other: z.string(),
  /** The row must not be written as it is. A finding that does not block is a warning. */
  blocking: z.boolean(),
  /**
   * `wanted`: it blocks until a person has looked at it and says that it is meant (`plan.confirm`); `given`: they have.
   * `none`: looking does not help.
   */
  confirm: z.enum(['none', 'wanted', 'given']),
});
export type Finding = z.infer<typeof findingSchema>;

export const planRowSchema = z.strictObject({
  changeId: changeIdSchema,
  connectionId: connectionIdSchema,
  /** Left out: the kind's first. */
  collection: collectionIdSchema.optional(),
  /** The id that will be written, and the title of the record that has it, read just now; the one known where it is missing. */
  remoteId: remoteIdSchema,
  title: z.string(),
  /** The title that the record had when the change was prepared, where it has another one now. */
  formerTitle: z.string().nullable(),
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

/** How applying behaves. */
export const applySettingsSchema = z.strictObject({
  /** How often a write that a server refused for the moment (429, 503) is sent again by itself, at most. */
  resends: z.number().int().min(0).max(10),
});
export type ApplySettings = z.infer<typeof applySettingsSchema>;

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
  /** Left out: the kind's first. */
  collection: collectionIdSchema.optional(),
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

/** A field that a run would still write: from what the server has now to what was confirmed. */
export const runLeftFieldSchema = z.strictObject({
  field: fieldNameSchema,
  from: shownValueSchema,
  to: shownValueSchema,
  /** Only of a secret. */
  look: secretLookSchema.optional(),
});
export type RunLeftField = z.infer<typeof runLeftFieldSchema>;

/** A row of a run that has not begun, as it stands now. */
export const runLeftRowSchema = z.strictObject({
  changeId: changeIdSchema,
  connectionId: connectionIdSchema,
  /** Left out: the kind's first. */
  collection: collectionIdSchema.optional(),
  remoteId: remoteIdSchema,
  /** What the record is called as just read; as it was confirmed where it could not be read. */
  title: z.string(),
  /** What it was called when it was confirmed, where that is something else. */
  formerTitle: z.string().nullable(),
  /** Why it would not be written; null where it would. */
  why: problemSchema.nullable(),
  fields: z.array(runLeftFieldSchema),
});
export type RunLeftRow = z.infer<typeof runLeftRowSchema>;

/** What a run would write if it were resumed now. `rows`: the first of them. */
export const runLeftSchema = z.strictObject({
  total: z.number().int(),
  writes: z.number().int(),
  rows: z.array(runLeftRowSchema),
  unread: planSchema.shape.unread,
});
export type RunLeft = z.infer<typeof runLeftSchema>;
