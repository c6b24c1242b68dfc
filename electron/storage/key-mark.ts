import { z } from 'zod';
import type { KeyMark } from '../keychain/sealing-key';
import type { Database } from './database';
import { keep, kept } from './kept';
import { jsonObject, one } from './rows';
import { keyIdOf, sealedIdIn } from './sealing';

const stored = z.object({ id: z.string().nullable() });
const body = z.object({ body: z.string() });
const mark = 'sealing-key';

// Profiles older than the mark: the key is known from what was sealed last.
const sealed = [
  "SELECT raw AS body FROM record_bodies WHERE raw LIKE '%\"sealed_:%' ORDER BY id DESC LIMIT 1",
  'SELECT sealed AS body FROM journal_secrets ORDER BY seq DESC LIMIT 1',
  "SELECT next AS body FROM change_fields WHERE next GLOB 'sealed[12]:*' LIMIT 1",
];

/** Makes the profile's record of which key it was sealed with, so that a different one is noticed. */
export function keyMarkOf(database: Database): KeyMark & { readonly keepNone: () => void } {
  const load = (): string | null => {
    const known = stored.safeParse(jsonObject(kept(database, mark) ?? ''));
    return known.success ? known.data.id : sealedBefore(database);
  };
  const save = (id: string | null): void => keep(database, mark, JSON.stringify({ id }));
  return {
    expects: () => load() !== null,
    fits: (key) => {
      const id = load();
      return id === null || id === keyIdOf(key);
    },
    keep: (key) => {
      if (load() !== keyIdOf(key) || !hasMark(database)) save(keyIdOf(key));
    },
    /** From now on nothing sealed needs a key of the keychain: it is sealed for a session. */
    keepNone: () => {
      if (!hasMark(database) && sealedBefore(database) === null) save(null);
    },
  };
}

function hasMark(database: Database): boolean {
  return kept(database, mark) !== undefined;
}

function sealedBefore(database: Database): string | null {
  for (const sql of sealed) {
    const row = one(database, body, sql);
    const id = row && sealedIdIn(row.body);
    if (id) return id;
  }
  return null;
}
