import { z } from 'zod';
import { fieldSpec } from '../../shared/catalog';
import type { FieldEdit } from '../../shared/diff';
import { beginning } from '../../shared/lib/storable';
import type { WorkOrderId } from '../../shared/model/change';
import type { Connection } from '../../shared/model/connection';
import { fail } from '../../shared/model/problem';
import {
  type FileChange,
  fileFormat,
  fileVersion,
  largestFile,
  type SealedContent,
  type WorkOrderFile,
  workOrderFileSchema,
} from '../../shared/transfer';
import { unreadTitle } from '../apply/identity-findings';
import type { Changes } from '../changes/changes';
import type { OpenChange } from '../changes/prepared';
import type { WorkOrders } from '../changes/work-orders';
import type { Database } from '../storage/database';
import { one } from '../storage/rows';
import type { Sealer } from '../storage/sealing';
import { checkPassphrase, sealSecrets } from './secrets';

export interface ComposeParts {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly workOrders: WorkOrders;
  readonly changes: Changes;
  /** All, in the order in which the person has them. */
  readonly connections: () => readonly Connection[];
  /** Account and machine, as in the journal. */
  readonly actor: string;
}

export interface ComposedFile {
  readonly text: string;
  /** How many secret fields were left out. */
  readonly left: number;
  /** The secrets that are sealed in it, by the connection that they are of. */
  readonly sealed: readonly SealedOf[];
}

/** How many secrets, of how many records, of one connection. */
export interface SealedOf {
  readonly connection: Connection;
  readonly secrets: number;
  readonly records: number;
}

/**
 * A work order as the text of a file.
 * @param passphrase seals the secrets; null leaves them out
 * @throws ProblemError `passphrase-short`, what the keychain says where a secret cannot be opened now, `file-too-large`
 */
export async function composeFile(
  parts: ComposeParts,
  workOrderId: WorkOrderId,
  passphrase: string | null,
): Promise<ComposedFile> {
  if (passphrase !== null) checkPassphrase(passphrase);
  const prepared = await parts.changes.openAll(workOrderId, null);
  const used = parts.connections().filter(({ id }) => prepared.some((one) => one.connectionId === id));
  const connections = new Map(used.map((one, index) => [one.id, keyed(one, index)]));
  // By connection as the file lists them; within one as they were prepared.
  const inOrder = used.flatMap(({ id }) => prepared.filter((one) => one.connectionId === id));
  const content: SealedContent = [];
  const changes = inOrder.map((change, index): FileChange => {
    const { key, kind } = connections.get(change.connectionId) ?? fail('not-found', { what: 'connection' });
    const { collection } = change;
    const secret = change.edits.filter(({ field }) => fieldSpec({ kind, collection }, field)?.secret);
    if (passphrase !== null && change.unreadable.length > 0)
      fail(parts.sealer.whyUnreadable, { field: change.unreadable[0] ?? '' });
    if (passphrase !== null && secret.length > 0)
      content.push({ change: index, fields: secret.map(plainEdit) });
    return fileChange(change, key, secret, passphrase !== null);
  });
  const file: WorkOrderFile = workOrderFileSchema.parse({
    format: fileFormat,
    version: fileVersion,
    header: headerOf(parts, workOrderId),
    connections: [...connections.values()],
    changes,
    secrets: null,
  });
  const whole =
    passphrase !== null && content.length > 0 ? await sealSecrets(file, content, passphrase) : file;
  const text = `${JSON.stringify(whole, null, 2)}\n`;
  if (Buffer.byteLength(text) > largestFile)
    fail('file-too-large', { limit: `${Math.floor(largestFile / 2 ** 20)} MB` });
  const sealed = used.flatMap((connection): SealedOf[] => {
    const key = connections.get(connection.id)?.key;
    const own = content.filter(({ change }) => changes[change]?.connection === key);
    const secrets = own.reduce((sum, { fields }) => sum + fields.length, 0);
    return secrets === 0 ? [] : [{ connection, secrets, records: own.length }];
  });
  return { text, left: changes.reduce((sum, change) => sum + change.leftOut.length, 0), sealed };
}

function keyed({ kind, name, site, baseUrl }: Connection, index: number) {
  return { key: `c${index + 1}`, kind, name, site, baseUrl };
}

function fileChange(
  change: OpenChange,
  connection: string,
  secret: readonly FieldEdit[],
  include: boolean,
): FileChange {
  const { collection, remoteId, edits, unreadable } = change;
  const names = secret.map(({ field }) => field);
  return {
    connection,
    collection,
    remoteId,
    title: beginning(unreadTitle(change), 1_000),
    fields: edits.filter(({ field }) => !names.includes(field)).map(plainEdit),
    leftOut: include ? [] : [...names, ...unreadable],
    sealed: include ? names : [],
  };
}

function plainEdit({ field, base, next }: FieldEdit) {
  return { field, base, next };
}

function headerOf({ database, workOrders, actor }: ComposeParts, id: WorkOrderId): WorkOrderFile['header'] {
  const { number, name, customer, ticket, note } = workOrders.get(id);
  const row = z.object({ origin: z.string().nullable() });
  // Kept over every further laptop, so that the one it began on knows it again.
  const origin = one(database, row, 'SELECT origin FROM work_orders WHERE id = ?', id)?.origin ?? id;
  const writtenAt = new Date().toISOString();
  return { origin, number, name, customer, ticket, note, writtenAt, actor: actor.slice(0, 200) };
}

/** A name for the file, of what every system allows in one: `WO-12 Reception`. */
export function suggestedName({ number, name }: { number: number; name: string }): string {
  return `WO-${number} ${fileNameOf(name)}`.trim().replace(/[. ]+$/, '');
}

/** What of a text every system allows in a file's name; at most 60 characters. */
export function fileNameOf(text: string): string {
  const clean = text
    .replace(/[\p{Cc}<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return [...clean].slice(0, 60).join('');
}
