import { type Database, inTransaction } from './database';
import { run } from './rows';
import { type Sealer, sealedWith } from './sealing';

/** Where sealed texts stand that may be written again. The journal is not among them: it is never rewritten. */
const places: readonly (readonly [table: string, column: string])[] = [
  ['record_bodies', 'raw'],
  ['change_fields', 'base'],
  ['change_fields', 'next'],
  ['run_rows', 'edits'],
  ['bulk_rules', 'rule'],
  ['template_rules', 'rule'],
  ['bulk_step_fields', 'was_base'],
  ['bulk_step_fields', 'was_next'],
  ['bulk_step_fields', 'base'],
  ['bulk_step_fields', 'next'],
];

/**
 * Seals again, with the key in use now, what an earlier key of this run sealed: secrets typed while credentials were
 * kept for the session only would be unreadable at the next start (invariant 1).
 * @param keyId the id of the earlier key
 */
export function reseal(database: Database, sealer: Sealer, keyId: string): void {
  const pattern = sealedWith(keyId);
  // What was one sealed text in two places stays one: by that a bulk step knows its own edits without a key.
  const known = new Map<string, string>();
  const again = (sealed: string): string => {
    const found = known.get(sealed) ?? anew(sealer, sealed);
    known.set(sealed, found);
    return found;
  };
  database.function('reseal', (text: unknown) =>
    typeof text === 'string' ? text.replace(pattern, again) : null,
  );
  inTransaction(database, () => {
    for (const [table, column] of places) {
      run(
        database,
        `UPDATE ${table} SET ${column} = reseal(${column}) WHERE instr(${column}, ?) > 0`,
        `:${keyId}:`,
      );
    }
  });
}

/** A text that does not open was not sealed by us, whatever it looks like: it stays. */
function anew(sealer: Sealer, sealed: string): string {
  const open = sealer.open(sealed);
  return open === null ? sealed : sealer.seal(open);
}
