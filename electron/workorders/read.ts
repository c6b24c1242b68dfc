import { fieldSpec, hasCollection, ofCollection } from '../../shared/catalog';
import { fail } from '../../shared/model/problem';
import { fileFormat, fileVersion, type WorkOrderFile, workOrderFileSchema } from '../../shared/transfer';
import { headedObject, invalid, placeOf } from '../files/json-file';

/**
 * A work order file's text, parsed strictly. What it says is checked against itself too: every name once, every
 * connection there, no secret in clear.
 * @throws ProblemError `file-not-work-order`, `file-newer`, or `file-invalid` with the place
 */
export function readWorkOrderFile(text: string): WorkOrderFile {
  const found = headedObject(text, fileFormat, fileVersion, 'file-not-work-order');
  const parsed = workOrderFileSchema.safeParse(found);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    fail('file-invalid', issue ? placeOf(issue) : {});
  }
  checkConnections(parsed.data);
  checkChanges(parsed.data);
  return parsed.data;
}

function checkConnections(file: WorkOrderFile): void {
  const keys = new Set<string>();
  file.connections.forEach(({ key }, index) => {
    if (keys.has(key)) invalid(['connections', index, 'key'], 'twice');
    keys.add(key);
  });
}

function checkChanges(file: WorkOrderFile): void {
  const kinds = new Map(file.connections.map(({ key, kind }) => [key, kind]));
  const records = new Set<string>();
  file.changes.forEach((change, index) => {
    const kind =
      kinds.get(change.connection) ?? invalid(['changes', index, 'connection'], 'no-such-connection');
    const of = ofCollection({ kind, collection: change.collection });
    if (!hasCollection(kind, of.collection)) invalid(['changes', index, 'collection'], 'no-such-collection');
    const record = JSON.stringify([change.connection, of.collection, change.remoteId]);
    if (records.has(record)) invalid(['changes', index, 'remoteId'], 'twice');
    records.add(record);
    const fields = [...change.fields.map(({ field }) => field), ...change.leftOut, ...change.sealed];
    if (new Set(fields).size !== fields.length) invalid(['changes', index, 'fields'], 'twice');
    change.fields.forEach(({ field }, at) => {
      if (fieldSpec(of, field)?.secret) invalid(['changes', index, 'fields', at], 'plain-secret');
    });
    if (change.sealed.length > 0 && !file.secrets) invalid(['changes', index, 'sealed'], 'no-sealed-part');
  });
}
