import { z } from 'zod';
import { connectionIdSchema, keychainStateSchema, reachSchema } from '../model/connection';
import { jobProgressSchema } from '../model/job';
import { runHeadSchema, runRowSchema } from '../model/plan';
import { problemSchema } from '../model/problem';
import { topicSchema } from './request';

/** Events that the main process sends to the renderer. */
export const events = {
  /** Stored data changed: the renderer asks again for what it shows of these topics. */
  changed: z.strictObject({
    topics: z.array(topicSchema),
    connectionId: connectionIdSchema.nullable(),
  }),
  /** A run's head and the rows changed since the last event; sent at most about ten times a second. */
  applyProgress: z.strictObject({ head: runHeadSchema, rows: z.array(runRowSchema) }),
  reach: z.strictObject({ connectionId: connectionIdSchema, reach: reachSchema }),
  keychain: z.strictObject({ state: keychainStateSchema }),
  notice: problemSchema,
  /** The window is about to lock: store what was typed, then call `lock.now`. */
  locking: z.strictObject({}),
  /** A job's progress; not sent for jobs that end at once. */
  jobProgress: jobProgressSchema,
  /**
   * The window is about to close; answer with `app.readyToClose` once everything typed is stored. Ask the user first
   * while a run is in progress: closing pauses it and waits for the rows that have begun. `app.stay` keeps the window
   * open.
   */
  closing: z.strictObject({ applying: z.boolean() }),
} as const;
