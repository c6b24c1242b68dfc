import { fail } from '../../shared/model/problem';
import { migrate } from './migrate';
import type { Migration } from './migrations/migration';
import { type Database, memoryDatabase, peek } from './sqlite';

/** One row of `sqlite_schema`: type, name, the table it belongs to, and its SQL text. */
type SchemaRow = readonly [type: string, name: string, table: string, sql: string | null];

// Far more than the migrations make: a crafted file cannot make us build a list of a million names.
const mostRows = 2_000;
// The problem names the first few differences.
const mostNamed = 5;
// SQLite's own statistics: only data, and somebody may have run ANALYZE on the file.
const statistics = /^sqlite_stat\d$/;

export interface CheckedSchema {
  readonly version: number;
  /** Triggers made by migrations that were removed. */
  readonly missing: readonly { readonly name: string; readonly sql: string }[];
}

/**
 * Compares a file's schema (tables, indexes, triggers, views) with what the migrations make of the same version. Must
 * come before the first other query: a planted view or trigger runs as soon as its name is used. Reading
 * `sqlite_schema` runs nothing of the file.
 * A trigger of the migrations' own that is missing runs nothing: it is not refused, but named, to be put back.
 * @returns the file's version (0 for an empty one), and the SQL of the triggers that are missing
 * @throws ProblemError `database-newer`, or `database-altered` that names what differs
 */
export function checkSchema(database: Database, path: string, steps: readonly Migration[]): CheckedSchema {
  database.exec('PRAGMA trusted_schema = OFF');
  const found = readSchema(database);
  // The pragmas are read as tables; an object of that name would be read instead.
  const shadows = found.filter(([, name]) => name.toLowerCase().startsWith('pragma_'));
  if (shadows.length > 0) fail('database-altered', { path, what: named(shadows) });
  const version = Number(peek(database, 'user_version', 'pragma_user_version'));
  const newest = steps.at(-1)?.version ?? 0;
  if (version > newest) fail('database-newer', { found: version, known: newest });
  const expected = schemaOf(steps, version);
  const names = new Set(found.map(([, name]) => name));
  const missing = expected.filter(([type, name]) => type === 'trigger' && !names.has(name));
  const wanted = expected.filter((row) => !missing.includes(row));
  const differs = differences(found, wanted);
  if (differs.length > 0) fail('database-altered', { path, what: named(differs) });
  return { version, missing: missing.map(([, name, , sql]) => ({ name, sql: sql ?? '' })) };
}

const cache = new WeakMap<readonly Migration[], Map<number, readonly SchemaRow[]>>();

/** Returns the schema that the migrations make up to a version; computed once, in memory. */
function schemaOf(steps: readonly Migration[], version: number): readonly SchemaRow[] {
  const known = cache.get(steps) ?? new Map<number, readonly SchemaRow[]>();
  cache.set(steps, known);
  const made = known.get(version) ?? make(steps, version);
  known.set(version, made);
  return made;
}

function make(steps: readonly Migration[], version: number): readonly SchemaRow[] {
  const database = memoryDatabase();
  try {
    migrate(
      database,
      0,
      steps.filter((step) => step.version <= version),
    );
    return readSchema(database);
  } finally {
    database.close();
  }
}

function readSchema(database: Database): SchemaRow[] {
  const rows = peek(
    database,
    'json_group_array(json_array(type, name, tbl_name, sql))',
    `(SELECT type, name, tbl_name, sql FROM main.sqlite_schema LIMIT ${mostRows})`,
  );
  const parsed: unknown = JSON.parse(String(rows));
  return Array.isArray(parsed) ? parsed.filter((row) => !statistics.test(String(row[1]))) : [];
}

function differences(found: readonly SchemaRow[], expected: readonly SchemaRow[]): SchemaRow[] {
  const text = (row: SchemaRow): string => JSON.stringify(row);
  const there = new Set(found.map(text));
  const wanted = new Set(expected.map(text));
  const all = [
    ...found.filter((row) => !wanted.has(text(row))),
    ...expected.filter((row) => !there.has(text(row))),
  ];
  return [...new Map(all.map((row) => [`${row[0]} ${row[1]}`, row])).values()];
}

function named(rows: readonly SchemaRow[]): string {
  const names = rows.slice(0, mostNamed).map(([type, name]) => `${type} ${name}`.slice(0, 80));
  return names.join(', ') + (rows.length > mostNamed ? ' …' : '');
}
