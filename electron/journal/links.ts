import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { OfCollection } from '../../shared/catalog';
import type { Database } from '../storage/database';
import { all, one, run } from '../storage/rows';
import { type Entry, hashedText, linkOf, noHash } from './chain';
import { collectionIn, tellsUnknown } from './clear-values';

const sliceLength = 500;

const row = z.object({
  seq: z.number(),
  at: z.number(),
  type: z.string(),
  intent_seq: z.number().nullable(),
  connection_id: z.string(),
  remote_id: z.string(),
  title: z.string(),
  work_order_id: z.string().nullable(),
  outcome: z.string().nullable(),
  body: z.string(),
  prev: z.string(),
  hash: z.string(),
  keyed: z.string().nullable(),
});

/** An entry of the journal with its link, as it stands in the file. */
export interface ChainedEntry extends Entry {
  readonly prev: string;
  readonly hash: string;
  /** The keyed hash; null where it was added while there was no key. */
  readonly keyed: string | null;
}

/** A link for an export: `hashed` is the text that the hash is of; it begins with the hash before it. */
export interface ExportLink {
  readonly seq: number;
  readonly hash: string;
  readonly previous: string;
  readonly hashed: string;
}

/** Where the chain stands: the newest entry, or the newest that was archived. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export const headSchema = z.object({ seq: z.number().int(), hash: z.string() });

/** Where a chain stands that has no entry yet. */
export const nothingBefore: Head = { seq: 0, hash: noHash };

/** The next entries in the order of the chain. */
export function entriesAfter(database: Database, seq: number, limit: number): ChainedEntry[] {
  return all(database, row, 'SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?', seq, limit).map(
    toEntry,
  );
}

/**
 * The links of entries, each with its outcomes', in the order of the chain. Nothing secret stands in them: those that an
 * older version wrote with unknown fields in clear are left out.
 */
export function linksOf(database: Database, seqs: readonly number[]): Map<number, ExportLink[]> {
  const sql = `SELECT * FROM journal WHERE seq IN (SELECT value FROM json_each(?1))
    OR intent_seq IN (SELECT value FROM json_each(?1)) ORDER BY seq`;
  const links = new Map<number, ExportLink[]>();
  const collections = new Map<number, OfCollection | null>();
  for (const entry of all(database, row, sql, JSON.stringify(seqs)).map(toEntry)) {
    const { seq, hash, prev } = entry;
    const of = entry.intentSeq ?? seq;
    if (of === seq) collections.set(seq, collectionIn(entry.body));
    if (tellsUnknown(entry.body, collections.get(of) ?? null)) continue;
    const link = { seq, hash, previous: prev, hashed: hashedText(prev, entry) };
    links.set(of, [...(links.get(of) ?? []), link]);
  }
  return links;
}

/** The link of one entry; null where it is not there. */
export function headAt(database: Database, seq: number): Head | null {
  return one(database, headSchema, 'SELECT seq, hash FROM journal WHERE seq = ?', seq) ?? null;
}

/** The note by which a restored history goes on; null where there is none with this token after an entry. */
export function restoreNote(database: Database, after: number, token: string): ChainedEntry | null {
  const sql = `SELECT * FROM journal WHERE seq > ? AND type = 'note'
    AND json_extract(body, '$.note') = 'restored' AND json_extract(body, '$.token') = ? ORDER BY seq LIMIT 1`;
  const found = one(database, row, sql, after, token);
  return found ? toEntry(found) : null;
}

/** The newest link that is there. */
export function newestHead(database: Database): Head {
  return (
    one(database, headSchema, 'SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1') ?? anchorOf(database)
  );
}

/** The journal's own id. */
export function journalId(database: Database): string {
  const sql = "SELECT value FROM history_state WHERE key = 'journal'";
  return one(database, z.object({ value: z.string() }), sql)?.value ?? '';
}

/** Whether newer entries have keyed hashes: then the keychain knew this history, once. */
export function hasKeyed(database: Database): boolean {
  // The newest alone: a million entries from before keyed hashes are not looked through.
  const sql = `SELECT count(*) AS n FROM (SELECT keyed FROM journal ORDER BY seq DESC LIMIT 1000)
    WHERE keyed IS NOT NULL`;
  return (one(database, z.object({ n: z.number() }), sql)?.n ?? 0) > 0;
}

/** Gives an entry that has none its keyed hash. */
export function keyEntry(database: Database, { seq, hash }: Head, keyed: string): void {
  run(
    database,
    'UPDATE journal SET keyed = ? WHERE seq = ? AND hash = ? AND keyed IS NULL',
    keyed,
    seq,
    hash,
  );
}

/** What the oldest entry links to: the newest archived one, or nothing. */
export function anchorOf(database: Database): Head {
  const sql = "SELECT value FROM history_state WHERE key = 'anchor'";
  const found = one(database, z.object({ value: z.string() }), sql);
  return found ? headSchema.parse(JSON.parse(found.value)) : nothingBefore;
}

/** Whether every link of a history holds in itself, whatever the keychain says of it. */
export async function linksHold(database: Database): Promise<boolean> {
  return leadsOn(database, anchorOf(database));
}

/** Whether a history goes on from a link of it to its end, each link joined to the next. */
export async function leadsOn(database: Database, from: Head): Promise<boolean> {
  const anchor = anchorOf(database);
  const found = from.seq === anchor.seq ? anchor : headAt(database, from.seq);
  if (found?.hash !== from.hash) return false;
  for (let { seq: after, hash: prev } = from; ; ) {
    const entries = entriesAfter(database, after, sliceLength);
    for (const entry of entries) {
      if (!holds(entry, prev)) return false;
      prev = entry.hash;
      after = entry.seq;
    }
    if (entries.length < sliceLength) return true;
    await nextTurn();
  }
}

/** Whether an entry is what its own hash says, and links to the one before. */
export function holds(entry: ChainedEntry, prev: string): boolean {
  return entry.prev === prev && entry.hash === linkOf(prev, entry);
}

function toEntry(found: z.infer<typeof row>): ChainedEntry {
  const { intent_seq, connection_id, remote_id, work_order_id, ...same } = found;
  return {
    ...same,
    intentSeq: intent_seq,
    connectionId: connection_id,
    remoteId: remote_id,
    workOrderId: work_order_id,
  };
}
