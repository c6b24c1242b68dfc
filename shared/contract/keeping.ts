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

/** The end of the year 9999: what comes after is no day that a person could mean. */
const lastMoment = 253_402_300_799_999;

/** Requests about what is kept over the years: backups, the archive, room on the disk. */
export const kept = {
  keeping: {
    get: request(nothing, keepingSchema),
    set: request(keepingSchema, keepingSchema),
    backups: request(nothing, z.array(backupSchema)),
    backUp: request(nothing, backupSchema),
    /** Sets the present database aside and starts anew with the backup. The program restarts. */
    restore: request(z.strictObject({ name: z.string().max(200) }), nothing),
    /** SQLite's own check of every page. */
    check: request(nothing, z.strictObject({ ok: z.boolean(), detail: z.string().max(500) })),
    /** How much of the disk the database takes. Reads the whole file, in a thread of its own. */
    size: request(nothing, databaseSizeSchema),
    /** Moves entries older than a moment into a file that the person chooses, and gives their room back. A job. */
    archive: request(
      z.strictObject({ before: z.number().int().min(0).max(lastMoment), job: jobIdSchema.nullish() }),
      archivedSchema,
      { touches: ['journal'], cancelled: ({ result }) => result !== 'archived' },
    ),
    /** Asks which archive, and opens it for reading instead of the one before; null where the person chose none. */
    openArchive: request(nothing, openArchiveSchema.nullable()),
    closeArchive: request(nothing, nothing),
    /** Checks every link of the archive that is open. A job. */
    verifyArchive: request(
      z.strictObject({ archive: z.uuid(), job: jobIdSchema.nullish() }),
      chainReportSchema,
    ),
  },
} as const;
