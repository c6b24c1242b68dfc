import { z } from 'zod';
import { connectionIdSchema, keychainStateSchema, reachSchema } from '../model/connection';
import { jobProgressSchema } from '../model/job';
import { runHeadSchema, runRowSchema } from '../model/plan';
import { problemSchema } from '../model/problem';
import { topicSchema } from './request';

/** What the main process tells the renderer without being asked. */
export const events = {
  /** Something stored changed; the renderer asks again for what it shows of these topics. */
  changed: z.strictObject({
    topics: z.array(topicSchema),
    connectionId: connectionIdSchema.nullable(),
  }),
  /** A run's head and the rows that changed since the last one; gathered, some ten times a second at most. */
  applyProgress: z.strictObject({ head: runHeadSchema, rows: z.array(runRowSchema) }),
  reach: z.strictObject({ connectionId: connectionIdSchema, reach: reachSchema }),
  keychain: z.strictObject({ state: keychainStateSchema }),
  notice: problemSchema,
  /** The window is about to be locked: store what was typed, then `lock.now`. */
  locking: z.strictObject({}),
  /** How far a long piece of work is; not sent for what is done at once. */
  jobProgress: jobProgressSchema,
  /**
   * The window is about to close; answer with `app.readyToClose` when nothing typed is unsaved. Where a run goes on, ask
   * first; closing pauses it and waits for the rows that have begun. `app.stay` keeps the window.
   */
  closing: z.strictObject({ applying: z.boolean() }),
} as const;
