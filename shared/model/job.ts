import { z } from 'zod';
import { connectionIdSchema } from './connection';

/** Names a long piece of work, chosen by who asks for it, so that it can be followed and cancelled. */
export const jobIdSchema = z.uuid();

/** What a long piece of work is. */
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

/** What it is doing, or how it ended. */
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

/** Whether a phase is one of those that end a piece of work. */
export function isOver(phase: JobPhase): boolean {
  return phase === 'done' || phase === 'failed' || phase === 'cancelled';
}

/** How far a long piece of work is. */
export const jobProgressSchema = z.strictObject({
  job: jobIdSchema,
  kind: jobKindSchema,
  /** The connection that it is about, where it is about one as a whole. */
  connectionId: connectionIdSchema.nullable(),
  phase: jobPhaseSchema,
  done: z.number().int(),
  /** Null where nobody knows how much there is. */
  total: z.number().int().nullable(),
});
export type JobProgress = z.infer<typeof jobProgressSchema>;
