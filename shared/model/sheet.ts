import { z } from 'zod';
import { collectionIdSchema } from '../catalog';
import { connectionIdSchema } from './connection';
import { fieldNameSchema, shownValueSchema } from './record';

/** An open spreadsheet, kept in the main process's memory under its id. */
export const sheetIdSchema = z.uuid().brand('SheetId');
export type SheetId = z.infer<typeof sheetIdSchema>;

/** `TextDecoder`'s names, the likelier first. */
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
 * What to do with a record that has prepared edits. `skip`: leave it alone. `update`: prepare the differences as well.
 * `overwrite`: drop its other edits, the row decides. `report`: prepare nothing, only compare the file.
 */
export const sheetPolicySchema = z.enum(['skip', 'update', 'overwrite', 'report']);
export type SheetPolicy = z.infer<typeof sheetPolicySchema>;

/** How a column was matched to its field. `cells`: by its contents, where it has no heading. */
export const matchedBySchema = z.enum(['name', 'label', 'alias', 'earlier', 'person', 'cells']);

/** A sheet's settings, all detected first. */
export const sheetSettingsSchema = z.strictObject({
  encoding: encodingSchema,
  delimiter: delimiterSchema,
  header: z.boolean(),
  /** The line with the headings, or without headings the first row. Lines above it are skipped. */
  firstLine: z.number().int().min(1).max(1_000_000_000),
  /** Each column's field by index; null: not imported. */
  columns: z.array(fieldNameSchema.nullable()).max(500),
  /** The field (or the record's id, `id`) that identifies a row's record. Null while none can. */
  key: fieldNameSchema.nullable(),
  policy: sheetPolicySchema,
  /** The cell text that empties a field; an empty cell keeps it. */
  marker: z.string().trim().min(1).max(40),
});
export type SheetSettings = z.infer<typeof sheetSettingsSchema>;

/** A sheet as the window shows it. Cells of columns that may hold a secret are masked. */
export const sheetViewSchema = z.strictObject({
  id: sheetIdSchema,
  connectionId: connectionIdSchema,
  collection: collectionIdSchema,
  /** The file's name; empty for pasted cells. */
  name: z.string(),
  bytes: z.number().int(),
  bom: z.boolean(),
  rows: z.number().int(),
  /** How many lines below the first one were skipped: comments and repeated headings. */
  passedOver: z.number().int(),
  lastLine: z.number().int(),
  settings: sheetSettingsSchema,
  /** The detected settings, shown beside the chosen ones. */
  found: sheetSettingsSchema.pick({ encoding: true, delimiter: true, header: true, firstLine: true }),
  /** A sample of the file in each encoding, to choose by; empty where they read alike. */
  looks: z.array(z.strictObject({ encoding: encodingSchema, text: z.string().max(200) })),
  columns: z.array(
    z.strictObject({
      index: z.number().int(),
      title: z.string(),
      samples: z.array(shownValueSchema),
      by: matchedBySchema.nullable(),
      /** Matched to a read-only field: used to find the record, or skipped. */
      readOnly: z.boolean(),
    }),
  ),
  /** The fields that can be the key here, the best first. */
  keys: z.array(fieldNameSchema),
});
export type SheetView = z.infer<typeof sheetViewSchema>;

/** The name of the record's id as a column and as a key. */
export const idColumn = 'id';

/** The name of a column that says what to do with the record: `edit`, `del`. */
export const actionColumn = 'action';

export const sheetExportSchema = z.strictObject({
  connectionId: connectionIdSchema,
  collection: collectionIdSchema.optional(),
  rows: z.enum(['all', 'shown', 'selected']),
  columns: z.array(fieldNameSchema).min(1).max(200),
  /** Headings: wire names, or labels in the language in use. */
  headings: z.enum(['names', 'labels']),
  delimiter: delimiterSchema,
  /** Secrets are written in clear, and journalled; otherwise their columns are left out. */
  secrets: z.boolean(),
  language: z.enum(['en', 'fa']),
});

/** The default text that empties a field. */
export const defaultMarker = '{clear}';
