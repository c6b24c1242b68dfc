import { z } from 'zod';
import { connectionIdSchema } from './connection';

/** The id of a job, chosen by the caller, for following and cancelling it. */
export const jobIdSchema = z.uuid();

export const jobKindSchema = z.enum([
  'bulk',
  'step',
  'sheet',
  'plan',
  'work-order',
  'verify',
  'export',
  'archive',
  'sync',
]);
export type JobKind = z.infer<typeof jobKindSchema>;

export const jobPhaseSchema = z.enum([
  'working',
  'archiving',
  'giving-room',
  'reading',
  'storing',
  'done',
  'failed',
  'cancelled',
]);
export type JobPhase = z.infer<typeof jobPhaseSchema>;

/** Returns whether a phase is final. */
export function isOver(phase: JobPhase): boolean {
  return phase === 'done' || phase === 'failed' || phase === 'cancelled';
}

/** A job's progress. */
export const jobProgressSchema = z.strictObject({
  job: jobIdSchema,
  kind: jobKindSchema,
  /** The connection that it concerns as a whole. */
  connectionId: connectionIdSchema.nullable(),
  phase: jobPhaseSchema,
  done: z.number().int(),
  total: z.number().int().nullable(),
});
export type JobProgress = z.infer<typeof jobProgressSchema>;
