import {
  type CollectionId,
  collectionIdSchema,
  firstCollection,
  type Kind,
  type OfCollection,
} from '../../shared/catalog';
import type { ConnectionId, RecordsOf } from '../../shared/model/connection';

/**
 * Whose records something is kept for: a connection's collection. In the database a collection stands as its id, and as
 * an empty text where it is its kind's first: the only one there was before there were several.
 */
export interface Owner {
  readonly connection_id: ConnectionId;
  readonly collection: string;
}

/** A record as the database names it. */
export interface RecordKey extends Owner {
  readonly remote_id: string;
}

export function ownerOf({ id, ...of }: OfCollection & Pick<RecordsOf, 'id'>): Owner {
  return { connection_id: id, collection: storedName(of) };
}

/** How the database names a collection. */
export function storedName({ kind, collection }: OfCollection): string {
  return collection === firstCollection(kind) ? '' : collection;
}

export function recordKey(of: RecordsOf, remoteId: string): RecordKey {
  return { ...ownerOf(of), remote_id: remoteId };
}

/** One name for an owner: no connection's id has a space. */
export function ownerName({
  connection_id,
  collection,
}: Pick<Owner, 'collection'> & { readonly connection_id: string }): string {
  return collection === '' ? connection_id : `${connection_id} ${collection}`;
}

/** The same where the kind is not at hand: none where it is the kind's first. */
export function namedIn(stored: string): { readonly collection?: CollectionId } {
  return stored === '' ? {} : { collection: collectionIdSchema.parse(stored) };
}

/** The collection that the database names. @throws ZodError where this version knows none of that name */
export function storedCollection(kind: Kind, stored: string): CollectionId {
  return stored === '' ? firstCollection(kind) : collectionIdSchema.parse(stored);
}

/** One name for a directory, to keep things by in memory. */
export function directoryName(of: RecordsOf): string {
  return ownerName(ownerOf(of));
}

/** Whether a name is that of a connection's directory. */
export function isDirectoryOf(name: string, id: ConnectionId): boolean {
  return name === id || name.startsWith(`${id} `);
}
