/** Tables that have one owner: no other file of the program writes them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const electron = join(import.meta.dirname, '../../electron');

/** By table: who writes it. Migrations make the tables and are frozen. */
const owners: Record<string, readonly string[]> = {
  // `values/edits.ts` seals anew what is there; `storage/nameless.ts` names what an older version let in without a name.
  changes: ['changes/change-rows.ts', 'storage/nameless.ts'],
  change_fields: ['changes/change-rows.ts', 'values/edits.ts'],
  bulk_steps: ['changes/step-store.ts'],
  // What is no longer of use to a step is emptied when former secrets are forgotten.
  bulk_step_fields: ['changes/step-store.ts', 'storage/former-secrets.ts', 'values/edits.ts'],
};

const sources = readdirSync(electron, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !file.startsWith('storage/migrations/'))
  .map((file) => ({ file, text: readFileSync(join(electron, file), 'utf8') }));

const writes = (table: string): RegExp =>
  new RegExp(`\\b(INTO|UPDATE|UPDATE OR \\w+|DELETE FROM)\\s+["'\`]?${table}\\b`, 'i');

it.each(Object.entries(owners))('%s is written by its owner', (table, expected) => {
  const found = sources.filter(({ text }) => writes(table).test(text)).map(({ file }) => file);
  expect(found.sort()).toEqual([...expected].sort());
});

it('would notice a statement of any form', () => {
  const statements = [
    'INSERT INTO changes (id) VALUES (?)',
    'INSERT OR IGNORE INTO changes SELECT 1',
    'REPLACE INTO changes VALUES (?)',
    'UPDATE changes SET title = ?',
    'UPDATE OR REPLACE changes SET title = ?',
    'delete from\n changes',
  ];
  for (const statement of statements) expect(statement).toMatch(writes('changes'));
  expect('SELECT * FROM changes').not.toMatch(writes('changes'));
});
