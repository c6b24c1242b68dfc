import { z } from 'zod';
import { collectionIdSchema } from '../catalog';
import { connectionIdSchema } from './connection';
import { fieldNameSchema, shownValueSchema } from './record';

/** A spreadsheet that was opened, kept in the main process's memory under its id. */
export const sheetIdSchema = z.uuid().brand('SheetId');
export type SheetId = z.infer<typeof sheetIdSchema>;

/** The names that `TextDecoder` knows them by, the likelier first. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1256',
  'iso-8859-6',
  'windows-1252',
  'iso-8859-15',
  'windows-1250',
  'iso-8859-2',
  'windows-1254',
  'windows-1251',
  'windows-1253',
  'windows-1255',
  'windows-1257',
  'koi8-r',
  'ibm866',
  'macintosh',
] as const;
export const encodingSchema = z.enum(encodings);
export type SheetEncoding = z.infer<typeof encodingSchema>;

/** The last two are the list separators of a Persian or Arabic Windows. */
export const delimiters = [',', ';', '\t', '|', '؛', '،'] as const;
export const delimiterSchema = z.enum(delimiters);
export type SheetDelimiter = z.infer<typeof delimiterSchema>;

/**
 * What becomes of a record that has prepared edits already. `skip`: such a record is left alone. `update`: what differs
 * is prepared beside them. `overwrite`: what else is prepared of the record goes, the row decides. `report`: nothing is
 * prepared, the file is only compared.
 */
export const sheetPolicySchema = z.enum(['skip', 'update', 'overwrite', 'report']);
export type SheetPolicy = z.infer<typeof sheetPolicySchema>;

/** How a column was matched to its field. `cells`: by what stands in it, where it has no heading. */
export const matchedBySchema = z.enum(['name', 'label', 'alias', 'earlier', 'person', 'cells']);

/** What a person may set about a sheet; all of it is found by itself first. */
export const sheetSettingsSchema = z.strictObject({
  encoding: encodingSchema,
  delimiter: delimiterSchema,
  /** A line names the columns. */
  header: z.boolean(),
  /** The line with the headings; without headings, that of the first row. What stands above it is passed over. */
  firstLine: z.number().int().min(1).max(1_000_000_000),
  /** The field of each column, by the column's place; null: not taken in. */
  columns: z.array(fieldNameSchema.nullable()).max(500),
  /** The field (or the record's id, `id`) that tells which record a row is about. Null while none can. */
  key: fieldNameSchema.nullable(),
  policy: sheetPolicySchema,
  /** What a cell holds that is to empty its field; an empty cell keeps. */
  marker: z.string().trim().min(1).max(40),
});
export type SheetSettings = z.infer<typeof sheetSettingsSchema>;

/** A sheet as the window shows it. Cells of columns that may hold a secret are dots. */
export const sheetViewSchema = z.strictObject({
  id: sheetIdSchema,
  connectionId: connectionIdSchema,
  collection: collectionIdSchema,
  /** The file's name; empty for pasted cells. */
  name: z.string(),
  bytes: z.number().int(),
  /** Whether the file begins with a byte order mark. */
  bom: z.boolean(),
  rows: z.number().int(),
  /** How many rows below the first line are none: comments, and headings that are repeated. */
  passedOver: z.number().int(),
  /** The line that the last row begins on. */
  lastLine: z.number().int(),
  settings: sheetSettingsSchema,
  /** What was found by itself, to be told beside what is set. */
  found: sheetSettingsSchema.pick({ encoding: true, delimiter: true, header: true, firstLine: true }),
  /** How a text of the file reads in each encoding, to choose by; empty where it reads alike in all. */
  looks: z.array(z.strictObject({ encoding: encodingSchema, text: z.string().max(200) })),
  columns: z.array(
    z.strictObject({
      index: z.number().int(),
      title: z.string(),
      samples: z.array(shownValueSchema),
      by: matchedBySchema.nullable(),
      /** Matched to a field that cannot be written: it serves for finding the record, or is passed over. */
      readOnly: z.boolean(),
    }),
  ),
  /** The fields that can be the key here, the best first. */
  keys: z.array(fieldNameSchema),
});
export type SheetView = z.infer<typeof sheetViewSchema>;

/** The name under which the record's id stands as a column and as a key. */
export const idColumn = 'id';

/** The name under which a column stands that says what is to be done with the record: `edit`, `del`. */
export const actionColumn = 'action';

export const sheetExportSchema = z.strictObject({
  connectionId: connectionIdSchema,
  collection: collectionIdSchema.optional(),
  rows: z.enum(['all', 'shown', 'selected']),
  columns: z.array(fieldNameSchema).min(1).max(200),
  /** Headings: the fields' wire names, or their labels in the language in use. */
  headings: z.enum(['names', 'labels']),
  delimiter: delimiterSchema,
  /** Secrets leave in clear, journalled; without it their columns are left out. */
  secrets: z.boolean(),
  language: z.enum(['en', 'fa']),
});

/** What empties a field, until a person says otherwise. */
export const defaultMarker = '{clear}';
