import { randomBytes, randomUUID } from 'node:crypto';
import type { Turn } from '../../electron/jobs/jobs';
import { type CompareParts, compareSheet } from '../../electron/sheets/compare';
import { exportedFields, exportPieces, type SheetExport } from '../../electron/sheets/export';
import type { Target } from '../../electron/sheets/keys';
import { type OpenSheet, readSheet, setUp } from '../../electron/sheets/sheet';
import { ValueWords } from '../../electron/sheets/value-words';
import { foundRecord, recordPlace } from '../../electron/storage/place';
import { sealRecord } from '../../electron/storage/sealed-record';
import { Sealer } from '../../electron/storage/sealing';
import { openField } from '../../electron/values/open';
import { catalogOf, firstCollection, type Kind } from '../../shared/catalog';
import { recordTitle } from '../../shared/catalog/read';
import { connectionIdSchema } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { type SheetSettings, sheetIdSchema } from '../../shared/model/sheet';

/** Turns without a job: no progress, no cancelling. */
export const noTurn: Turn = {
  signal: new AbortController().signal,
  tick: () => undefined,
  rest: async () => undefined,
  tell: () => undefined,
};

export const sealer = new Sealer();
sealer.useKey(randomBytes(32));

/** Returns records as the directory keeps them, secrets sealed. */
export function stored(kind: Kind, records: readonly { id: string; raw: JsonObject }[]): Target[] {
  return records.map(({ id, raw }) => ({
    remoteId: id,
    title: recordTitle(catalogOf(kind), id, raw),
    stored: foundRecord(sealRecord(sealer, catalogOf(kind), raw, recordPlace('c', id)), recordPlace('c', id)),
  }));
}

/** Reads a file's bytes against records. */
export function opened(kind: Kind, records: readonly Target[], bytes: Uint8Array): Promise<OpenSheet> {
  const source = {
    id: sheetIdSchema.parse(randomUUID()),
    connectionId: connectionIdSchema.parse(randomUUID()),
    collection: firstCollection(kind),
    name: 'in.csv',
    bytes,
  };
  return readSheet(source, { catalog: catalogOf(kind), records, earlier: new Map() }, noTurn);
}

/** Returns the result of comparing a file's rows. */
export async function compared(
  kind: Kind,
  records: readonly Target[],
  sheet: OpenSheet,
  settings: Partial<SheetSettings> = {},
  present?: CompareParts['present'],
) {
  const catalog = catalogOf(kind);
  const around = { catalog, records, earlier: new Map<string, string>() };
  const set = await setUp(sheet, { ...sheet.settings, ...settings }, around, noTurn);
  const { key } = set.settings;
  if (key === null) throw new Error('the file has no key');
  const nothing: CompareParts['present'] = {
    hasEdits: () => false,
    isPrepared: () => false,
    value: (spec, _, record) => openField(sealer, spec, record),
  };
  const words = new ValueWords(() => []);
  return compareSheet(set, key, { catalog, sealer, records, present: present ?? nothing, words }, noTurn);
}

/** Returns records as an exported file. */
export async function exported(
  kind: Kind,
  records: readonly Target[],
  wanted: Partial<SheetExport> & { columns?: readonly string[] } = {},
): Promise<Buffer> {
  const catalog = catalogOf(kind);
  const all = catalog.fields.map(({ name }) => name);
  const full = { headings: 'names', delimiter: ',', secrets: true, language: 'en', ...wanted } as const;
  const fields = exportedFields(catalog, wanted.columns ?? all, full.secrets);
  let text = '';
  for await (const piece of exportPieces(records, fields, full, sealer, noTurn)) text += piece;
  return Buffer.from(text, 'utf8');
}
