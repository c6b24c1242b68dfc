import { createHash } from 'node:crypto';

/** The hash that the very first entry links to. */
export const noHash = '0'.repeat(64);

/** An entry as it stands in the journal, without its link. */
export interface Entry {
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  readonly intentSeq: number | null;
  readonly connectionId: string;
  readonly remoteId: string;
  readonly title: string;
  readonly workOrderId: string | null;
  readonly outcome: string | null;
  /** The text as stored: digests stand where sealed values were. */
  readonly body: string;
}

/**
 * The hash of an entry: SHA-256, in hex, of the JSON array of the hash before it and its columns in this order.
 * docs/history-chain.md tells how to check it without Patchbay; it never changes.
 */
export function linkOf(prev: string, entry: Entry): string {
  return sha256(hashedText(prev, entry));
}

/** The text that an entry's hash is of. */
export function hashedText(prev: string, entry: Entry): string {
  const { seq, at, type, intentSeq, connectionId, remoteId, title, workOrderId, outcome, body } = entry;
  return JSON.stringify([
    prev,
    seq,
    at,
    type,
    intentSeq,
    connectionId,
    remoteId,
    title,
    workOrderId,
    outcome,
    body,
  ]);
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
