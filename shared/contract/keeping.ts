import { z } from 'zod';
import { chainReportSchema } from '../model/chain';
import { jobIdSchema } from '../model/job';
import {
  archivedSchema,
  backupSchema,
  databaseSizeSchema,
  keepingSchema,
  openArchiveSchema,
} from '../model/keeping';
import { nothing, request } from './request';

/** The end of the year 9999, later than any date that is meant. */
const lastMoment = 253_402_300_799_999;

/** Requests about long-term storage: backups, the archive, disk space. */
export const kept = {
  keeping: {
    get: request(nothing, keepingSchema),
    set: request(keepingSchema, keepingSchema),
    backups: request(nothing, z.array(backupSchema)),
    backUp: request(nothing, backupSchema),
    /** Sets the database aside, replaces it with the backup, and restarts the program. */
    restore: request(z.strictObject({ name: z.string().max(200) }), nothing),
    /** Runs SQLite's own check of every page. */
    check: request(nothing, z.strictObject({ ok: z.boolean(), detail: z.string().max(500) })),
    /** Disk space used by the database. Reads the whole file, in a thread of its own. */
    size: request(nothing, databaseSizeSchema),
    /** Moves entries older than a moment into a file that the user chooses, and frees their space. A job. */
    archive: request(
      z.strictObject({ before: z.number().int().min(0).max(lastMoment), job: jobIdSchema.nullish() }),
      archivedSchema,
      { touches: ['journal'], cancelled: ({ result }) => result !== 'archived' },
    ),
    /** Asks for an archive and opens it for reading instead of the former one; null where cancelled. */
    openArchive: request(nothing, openArchiveSchema.nullable()),
    closeArchive: request(nothing, nothing),
    /** Checks every link of the open archive. A job. */
    verifyArchive: request(
      z.strictObject({ archive: z.uuid(), job: jobIdSchema.nullish() }),
      chainReportSchema,
    ),
  },
} as const;
