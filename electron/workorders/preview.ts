import {
  type CollectionId,
  fieldSpec,
  type OfCollection,
  ofCollection,
  serverKind,
} from '../../shared/catalog';
import { validateField } from '../../shared/catalog/validate';
import { normaliseBaseUrl } from '../../shared/lib/base-url';
import type { Change, WorkOrder } from '../../shared/model/change';
import { type Connection, type ConnectionId, type RecordsOf, recordsOf } from '../../shared/model/connection';
import { fail } from '../../shared/model/problem';
import type {
  FileChange,
  FileConnection,
  TransferMapping,
  TransferPreview,
  TransferProblem,
  WorkOrderFile,
} from '../../shared/transfer';

/** What is known here, as far as a file is compared with it. */
export interface Here {
  readonly connections: readonly Connection[];
  /** When a directory was read; null where it never was. */
  readonly syncedAt: (of: RecordsOf) => number | null;
  /** What a record is called in the directory; null where it has none of that id. */
  readonly titleOf: (of: RecordsOf, remoteId: string) => string | null;
  /** The work order of the same origin with what it still has prepared. */
  readonly already: { readonly workOrder: WorkOrder; readonly changes: readonly Change[] } | null;
}

/** A change of the file that would be taken in, on the connection chosen for it. */
export interface Takeable {
  /** Its place in the file. */
  readonly index: number;
  readonly change: FileChange;
  readonly connection: RecordsOf;
}

/**
 * The one connection here that a file's connection stands for: of the same kind and address. Where several have them
 * (tenants of one panel), the name decides; where it does not, a person does.
 */
export function matchOf(wanted: FileConnection, connections: readonly Connection[]): ConnectionId | null {
  const same = sameAddress(wanted, connections).filter((one) => one.kind === wanted.kind);
  if (same.length === 1) return same[0]?.id ?? null;
  const named = same.filter((one) => one.name === wanted.name);
  return named.length === 1 ? (named[0]?.id ?? null) : null;
}

function sameAddress(wanted: FileConnection, connections: readonly Connection[]): readonly Connection[] {
  const address = addressOf(wanted);
  return connections.filter((one) => address !== null && addressOf(one) === address);
}

function addressOf({ kind, baseUrl }: Pick<Connection, 'kind' | 'baseUrl'>): string | null {
  const normal = normaliseBaseUrl(serverKind(kind), baseUrl);
  return normal.ok ? normal.url : null;
}

/** The connections as the file's own matches choose them. */
export function matched(file: WorkOrderFile, connections: readonly Connection[]): TransferMapping {
  return file.connections.map((one) => ({ key: one.key, connectionId: matchOf(one, connections) }));
}

/** The file's changes that have a connection here and at least one field that can be edited; none twice. */
export function takeable(
  file: WorkOrderFile,
  mapping: TransferMapping,
  connections: readonly Connection[],
): Takeable[] {
  const chosen = chosenConnections(mapping, connections);
  const seen = new Set<string>();
  return file.changes.flatMap((change, index) => {
    const on = chosen.get(change.connection);
    if (!on) return [];
    const connection = recordsOf(on, change.collection);
    const record = JSON.stringify([on.id, connection.collection, change.remoteId]);
    const names = [...change.fields.map(({ field }) => field), ...change.sealed, ...change.leftOut];
    if (seen.has(record) || !names.some((field) => canEdit(connection, field))) return [];
    seen.add(record);
    return [{ index, change, connection }];
  });
}

/** Whether the catalog knows a field and lets it be edited. */
export function canEdit(of: OfCollection, field: string): boolean {
  const spec = fieldSpec(of, field);
  return spec !== undefined && !spec.readOnly;
}

function chosenConnections(
  mapping: TransferMapping,
  connections: readonly Connection[],
): ReadonlyMap<string, Connection> {
  const found = mapping.flatMap(({ key, connectionId }): [string, Connection][] => {
    const connection = connections.find((one) => one.id === connectionId);
    return connection ? [[key, connection]] : [];
  });
  return new Map(found);
}

/** What a file would bring in with the connections chosen, and what of it not and why. */
export function previewOf(
  token: string,
  fileName: string,
  file: WorkOrderFile,
  mapping: TransferMapping,
  here: Here,
): TransferPreview {
  const taken = takeable(file, mapping, here.connections);
  const takenAt = new Set(taken.map(({ index }) => index));
  const chosen = chosenConnections(mapping, here.connections);
  return {
    token,
    fileName,
    header: file.header,
    connections: file.connections.map((one) => ({
      ...one,
      match: matchOf(one, here.connections),
      to: chosen.get(one.key)?.id ?? null,
      candidates: here.connections.filter(({ kind }) => kind === one.kind).map(({ id }) => id),
    })),
    changes: file.changes.map((change, index) => ({
      connectionKey: change.connection,
      collection: collectionOf(file, change),
      remoteId: change.remoteId,
      ...titlesOf(change, chosen.get(change.connection), here),
      fields: shownFields(change),
      // One of which every value was left out has nothing to bring.
      taken: takenAt.has(index) && change.fields.length + change.sealed.length > 0,
    })),
    sealedSecrets: file.changes.some(({ sealed }) => sealed.length > 0),
    leftOut: file.changes.flatMap((change) => {
      const { title } = titlesOf(change, chosen.get(change.connection), here);
      return change.leftOut.map((field) => ({ title, field }));
    }),
    already: here.already && {
      workOrder: here.already.workOrder,
      same: isSame(taken, here.already.changes),
    },
    problems: [
      ...file.connections.flatMap((one) => connectionProblems(one, chosen.get(one.key), here)),
      ...file.changes.flatMap((change, index) =>
        changeProblems(file, change, chosen.get(change.connection), takenAt.has(index), here),
      ),
    ],
  };
}

function collectionOf(file: WorkOrderFile, { connection, collection }: FileChange): CollectionId {
  const kind = file.connections.find(({ key }) => key === connection)?.kind;
  return ofCollection({ kind: kind ?? fail('internal'), collection }).collection;
}

/** What a change's record is called here; and in the file, where that is something else. */
function titlesOf(
  { collection, remoteId, title }: FileChange,
  connection: Connection | undefined,
  here: Here,
): { title: string; titleInFile: string | null } {
  const known = connection ? here.titleOf(recordsOf(connection, collection), remoteId) : null;
  return { title: known ?? title, titleInFile: known === null || known === title ? null : title };
}

type ShownFields = TransferPreview['changes'][number]['fields'];

function shownFields({ fields, sealed, leftOut }: FileChange): ShownFields {
  const hidden = { base: { secret: 'set' }, next: { secret: 'set' } } as const;
  return [
    ...fields.map((edit) => ({ ...edit, secret: null })),
    ...sealed.map((field) => ({ field, ...hidden, secret: 'sealed' as const })),
    ...leftOut.map((field) => ({ field, ...hidden, secret: 'left-out' as const })),
  ];
}

function connectionProblems(
  wanted: FileConnection,
  chosen: Connection | undefined,
  here: Here,
): TransferProblem[] {
  const about = { connectionKey: wanted.key, title: null, field: null };
  if (chosen) {
    return here.syncedAt(recordsOf(chosen)) === null
      ? [{ ...about, code: 'not-read-yet', blocking: false }]
      : [];
  }
  const others = sameAddress(wanted, here.connections);
  const onlyOther = others.length > 0 && others.every(({ kind }) => kind !== wanted.kind);
  return onlyOther ? [{ ...about, code: 'other-kind', blocking: true }] : [];
}

function changeProblems(
  file: WorkOrderFile,
  change: FileChange,
  connection: Connection | undefined,
  taken: boolean,
  here: Here,
): TransferProblem[] {
  const kind = file.connections.find(({ key }) => key === change.connection)?.kind;
  if (!kind) return [];
  const of = ofCollection({ kind, collection: change.collection });
  const { title, titleInFile } = titlesOf(change, connection, here);
  const about = { connectionKey: change.connection, title };
  const found: TransferProblem[] = [];
  const say = (code: TransferProblem['code'], field: string | null, blocking: boolean): void => {
    found.push({ ...about, code, field, blocking });
  };
  for (const { field, base, next } of change.fields) {
    const spec = fieldSpec(of, field);
    if (!spec) say('unknown-field', field, true);
    else if (spec.readOnly) say('read-only', field, true);
    else if (validateField(spec, next, base)) say('value-refused', field, false);
  }
  for (const field of [...change.sealed, ...change.leftOut]) {
    const spec = fieldSpec(of, field);
    if (!spec) say('unknown-field', field, true);
    else if (spec.readOnly) say('read-only', field, true);
  }
  for (const field of change.leftOut) say('left-out', field, true);
  if (!connection) return found;
  const on = recordsOf(connection, change.collection);
  if (titleInFile !== null) say('title-differs', null, false);
  const editable = [...change.fields.map(({ field }) => field), ...change.sealed, ...change.leftOut];
  if (!taken && editable.some((field) => canEdit(on, field))) say('record-twice', null, true);
  else if (here.syncedAt(on) !== null && here.titleOf(on, change.remoteId) === null)
    say('record-unknown', null, false);
  return found;
}

/** Whether what is prepared here is what the file has; of a secret only whether there is an edit can be compared. */
function isSame(taken: readonly Takeable[], prepared: readonly Change[]): boolean {
  const theirs = new Map<string, string>();
  const leftOut = new Set<string>();
  for (const { change, connection } of taken) {
    const at = (field: string) =>
      JSON.stringify([connection.id, connection.collection, change.remoteId, field]);
    for (const { field, base, next } of change.fields)
      if (canEdit(connection, field)) theirs.set(at(field), JSON.stringify([base, next]));
    for (const field of change.sealed) if (canEdit(connection, field)) theirs.set(at(field), 'secret');
    for (const field of change.leftOut) leftOut.add(at(field));
  }
  for (const { connectionId, collection, remoteId, fields } of prepared) {
    for (const { field, base, next } of fields) {
      const at = JSON.stringify([connectionId, collection, remoteId, field]);
      if (leftOut.has(at)) continue;
      const ours = typeof next === 'object' && next !== null ? 'secret' : JSON.stringify([base, next]);
      if (theirs.get(at) !== ours) return false;
      theirs.delete(at);
    }
  }
  return theirs.size === 0;
}
