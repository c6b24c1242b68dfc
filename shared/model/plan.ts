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

/**
 * What may be shown of a secret about to be written, so that a damaged one is noticed: never the secret or a hash of
 * it.
 */
export const secretLookSchema = z.strictObject({
  /** In characters as users count them. */
  length: z.number().int(),
  kinds: z.array(z.enum(['lower', 'upper', 'digits', 'signs', 'letters', 'unseen', 'edge-spaces'])),
  /** It looks like what spreadsheets or databases write for a missing or broken value. */
  looksLikeError: z.boolean(),
  sameAsBefore: z.boolean(),
  /** It equals the record's own number. */
  isNumber: z.boolean(),
  /**
   * Other records that get the same secret in this work order, or have it on the server as last read (null: not
   * counted).
   */
  othersInOrder: z.number().int(),
  othersOnServer: z.number().int().nullable(),
});
export type SecretLook = z.infer<typeof secretLookSchema>;

export const planFieldSchema = z.strictObject({
  field: fieldNameSchema,
  base: shownValueSchema,
  live: shownValueSchema,
  next: shownValueSchema,
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

/** A finding that needs the rows and the whole directory together. */
export const findingSchema = z.strictObject({
  code: z.enum(findingCodes),
  /** Null where it concerns the whole record. */
  field: fieldNameSchema.nullable(),
  /** The value it concerns, and the other record's title, if any. */
  value: z.string(),
  other: z.string(),
  /** The row must not be written as it is. Otherwise the finding is a warning. */
  blocking: z.boolean(),
  /**
   * `wanted`: it blocks until the user reviews it and confirms (`plan.confirm`); `given`: confirmed. `none`: it cannot
   * be confirmed.
   */
  confirm: z.enum(['none', 'wanted', 'given']),
});
export type Finding = z.infer<typeof findingSchema>;

export const planRowSchema = z.strictObject({
  changeId: changeIdSchema,
  connectionId: connectionIdSchema,
  /** Left out: the kind's first. */
  collection: collectionIdSchema.optional(),
  /** The id that will be written, and its record's title as just read, or as last known where it is missing. */
  remoteId: remoteIdSchema,
  title: z.string(),
  /** The record's title when the change was prepared, if different. */
  formerTitle: z.string().nullable(),
  status: planStatusSchema,
  fields: z.array(planFieldSchema),
  findings: z.array(findingSchema),
  request: plannedRequestSchema.nullable(),
});
export type PlanRow = z.infer<typeof planRowSchema>;

/** What applying would do now. `unread`: servers that could not be read, with the reason. */
export const planSchema = z.strictObject({
  id: z.uuid(),
  workOrderId: workOrderIdSchema,
  madeAt: z.number().int(),
  /** The first rows; the others are requested with `plan.rows`. */
  rows: z.array(planRowSchema),
  total: z.number().int(),
  unread: z.array(
    z.strictObject({ connectionId: connectionIdSchema, changes: z.number().int(), problem: problemSchema }),
  ),
});
export type Plan = z.infer<typeof planSchema>;

/** A field whose value after the write is not the expected one. */
export const fieldDifferenceSchema = z.strictObject({
  field: fieldNameSchema,
  before: shownValueSchema,
  after: shownValueSchema,
});

export const applySettingsSchema = z.strictObject({
  /** How often, at most, a write that a server temporarily refused (429, 503) is resent. */
  resends: z.number().int().min(0).max(10),
});
export type ApplySettings = z.infer<typeof applySettingsSchema>;

export const rowOutcomeSchema = z.strictObject({
  outcome: outcomeSchema,
  problem: problemSchema.nullable(),
  /** Written, but read back as something else. */
  notStored: z.array(fieldDifferenceSchema),
  sideEffects: z.array(fieldDifferenceSchema),
  /** Written but not readable (a panel password). */
  unverifiable: z.array(fieldNameSchema),
});
export type RowOutcome = z.infer<typeof rowOutcomeSchema>;

export const runRowStateSchema = z.enum(['waiting', 'checking', 'writing', 'reading-back', 'done']);

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

/** One server of a run: whether its rows continue, and if not, why and until when. */
export const runServerSchema = z.strictObject({
  connectionId: connectionIdSchema,
  /**
   * `asking`: a side effect was seen, and the user must decide whether to continue. `interrupted`: the program ended.
   */
  state: z.enum(['running', 'paused', 'asking', 'waiting', 'stopped', 'interrupted', 'done']),
  problem: problemSchema.nullable(),
  /** When it resumes automatically, in milliseconds since 1970. */
  resumesAt: z.number().nullable(),
});
export type RunServer = z.infer<typeof runServerSchema>;

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

/** A field that a run would still write: from the server's present value to the confirmed one. */
export const runLeftFieldSchema = z.strictObject({
  field: fieldNameSchema,
  from: shownValueSchema,
  to: shownValueSchema,
  look: secretLookSchema.optional(),
});
export type RunLeftField = z.infer<typeof runLeftFieldSchema>;

/** A row of a run that has not begun, as it is now. */
export const runLeftRowSchema = z.strictObject({
  changeId: changeIdSchema,
  connectionId: connectionIdSchema,
  /** Left out: the kind's first. */
  collection: collectionIdSchema.optional(),
  remoteId: remoteIdSchema,
  /** The record's title as just read; as confirmed where it could not be read. */
  title: z.string(),
  formerTitle: z.string().nullable(),
  /** Why it would not be written; null where it would. */
  why: problemSchema.nullable(),
  fields: z.array(runLeftFieldSchema),
});
export type RunLeftRow = z.infer<typeof runLeftRowSchema>;

/** What resuming a run would write now. `rows`: the first of them. */
export const runLeftSchema = z.strictObject({
  total: z.number().int(),
  writes: z.number().int(),
  rows: z.array(runLeftRowSchema),
  unread: planSchema.shape.unread,
});
export type RunLeft = z.infer<typeof runLeftSchema>;
