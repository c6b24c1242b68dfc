import { z } from 'zod';
import { searchFold } from '../../shared/lib/text';
import { outcomeSchema } from '../../shared/model/plan';
import type { Database } from '../storage/database';
import { all, jsonObject, one } from '../storage/rows';
import { fieldsOf, type Intent, type Note, outcomeEntrySchema, saidIn } from './entries';
import { fieldBits, outcomeCodes } from './history-index';
import type { ChainedEntry } from './links';
import { textOfEntry, textOfOutcome } from './search-text';

/** A row of the side tables as it stands, numbers replaced by what they name. */
const row = z.object({
  seq: z.number(),
  at: z.number(),
  site: z.string().nullable(),
  connection: z.string().nullable(),
  record: z.string().nullable(),
  collection: z.string(),
  work_order: z.string().nullable(),
  has_work_order: z.number(),
  outcome: z.number().nullable(),
  title: z.string().nullable(),
  folded: z.string().nullable(),
  // As text: 62 bits are more than a number holds.
  fields: z.string(),
  text: z.string().nullable(),
  block_first: z.number().nullable(),
  block_last: z.number().nullable(),
  block_fields: z.string().nullable(),
});
type Row = z.infer<typeof row>;

const rows = `SELECT h.seq, h.at, s.text AS site, c.text AS connection, r.text AS record, h.collection, w.text AS work_order,
    h.work_order IS NOT NULL AS has_work_order, h.outcome, t.text AS title, t.folded, CAST(h.fields AS TEXT) AS fields,
    x.text, b.first_at AS block_first, b.last_at AS block_last, CAST(b.fields AS TEXT) AS block_fields
  FROM history h
  LEFT JOIN history_names s ON s.id = h.site AND s.kind = 'site'
  LEFT JOIN history_names c ON c.id = h.connection AND c.kind = 'connection'
  LEFT JOIN history_names r ON r.id = h.record AND r.kind = 'record'
  LEFT JOIN history_names w ON w.id = h.work_order AND w.kind = 'work-order'
  LEFT JOIN history_names t ON t.id = h.title AND t.kind = 'title'
  LEFT JOIN history_text x ON x.seq = h.seq
  LEFT JOIN history_blocks b ON b.block = h.seq >> 12
  WHERE h.seq > ? AND h.seq <= ?`;

const outcomeRow = z.object({ intent_seq: z.number(), outcome: outcomeSchema, body: z.string() });
const outcomes = `SELECT intent_seq, outcome, body FROM journal
  WHERE intent_seq > ? AND intent_seq <= ? ORDER BY seq`;
const more = z.object({ n: z.number(), seq: z.number() });
const numbered = z.object({ n: z.number(), name: z.string() });
const found = z.object({ seq: z.number().nullable() });

/**
 * What the history is searched and listed by, derived from the entries again and compared with what stands there: an
 * entry whose row somebody took out or changed would be in the chain and shown to nobody. Texts are compared as they
 * are, so whoever changes how they are made (`search-text.ts`) has to make them anew in a migration.
 */
export class Derived {
  #first: number | null = null;
  readonly #fields: ReadonlyMap<string, number>;

  constructor(private readonly database: Database) {
    const names = all(database, numbered, 'SELECT n, name FROM history_fields');
    this.#fields = new Map(names.map(({ n, name }) => [name, n]));
  }

  /** Compares the rows of a slice of the journal, all the entries that come after a number. */
  compare(after: number, entries: readonly ChainedEntry[]): void {
    const to = entries.at(-1)?.seq;
    if (this.#first !== null || to === undefined) return;
    const there = new Map(all(this.database, row, rows, after, to).map((one) => [one.seq, one]));
    const texts = all(
      this.database,
      found,
      'SELECT seq FROM history_text WHERE seq > ? AND seq <= ?',
      after,
      to,
    );
    const ended = this.#ended(after, to);
    const many = this.#more(after, to);
    const shown = new Set<number>();
    for (const entry of entries) {
      if (entry.type === 'outcome') continue;
      const body = saidIn(entry.type, jsonObject(entry.body));
      // What does not parse is chained and not shown.
      if (!body) continue;
      shown.add(entry.seq);
      if (!this.#is(there.get(entry.seq), entry, body, ended.get(entry.seq) ?? [], many)) {
        this.#first = entry.seq;
        return;
      }
    }
    const stray = [...there.keys(), ...texts.map(({ seq }) => seq ?? 0)].filter((seq) => !shown.has(seq));
    if (stray.length > 0) this.#first = Math.min(...stray);
  }

  /** The first entry that is not shown as it is; also where there are rows behind the journal's end. */
  first(end: number): number | null {
    const sql = `SELECT min(seq) AS seq FROM (SELECT min(seq) AS seq FROM history WHERE seq > ?1
      UNION ALL SELECT min(seq) FROM history_text WHERE seq > ?1)`;
    // Entries that were added meanwhile are rows behind the end too.
    const behind = one(this.database, found, sql, end)?.seq ?? null;
    const newest = one(this.database, found, 'SELECT max(seq) AS seq FROM journal')?.seq ?? 0;
    return this.#first ?? (behind !== null && behind > newest ? behind : null);
  }

  #is(
    stands: Row | undefined,
    entry: ChainedEntry,
    body: Intent | Note,
    ended: readonly Ended[],
    many: ReadonlySet<string>,
  ): boolean {
    if (!stands) return false;
    const names = [...fieldsOf(body), ...ended.flatMap(({ fields }) => fields)];
    const numbers = names.map((name) => this.#fields.get(name));
    let bits = 0n;
    for (const n of numbers) {
      if (n === undefined) return false;
      if (n < fieldBits) bits |= 1n << BigInt(n);
      else if (!many.has(`${n} ${entry.seq}`)) return false;
    }
    const outcome = ended.at(-1)?.code ?? (entry.outcome === null ? null : codeOf(entry.outcome));
    const text = textOf(entry, body, ended);
    const block = BigInt(stands.block_fields ?? '0');
    return (
      stands.at === entry.at &&
      stands.site === body.site &&
      stands.connection === entry.connectionId &&
      stands.record === entry.remoteId &&
      stands.collection === (body.collection ?? '') &&
      stands.work_order === entry.workOrderId &&
      (stands.has_work_order === 1) === (entry.workOrderId !== null) &&
      stands.outcome === outcome &&
      stands.title === entry.title &&
      stands.folded === searchFold(entry.title) &&
      BigInt(stands.fields) === bits &&
      sameLines(stands.text, text) &&
      stands.block_first !== null &&
      stands.block_first <= entry.at &&
      (stands.block_last ?? 0) >= entry.at &&
      (block & bits) === bits
    );
  }

  /** What became of the intents of a slice, oldest first. Outcomes may stand far behind it. */
  #ended(after: number, to: number): ReadonlyMap<number, readonly Ended[]> {
    const ended = new Map<number, Ended[]>();
    for (const { intent_seq, outcome, body } of all(this.database, outcomeRow, outcomes, after, to)) {
      const parsed = outcomeEntrySchema.safeParse(jsonObject(body));
      if (!parsed.success) continue;
      const { sideEffects } = parsed.data.result;
      const one = {
        code: outcomeCodes[outcome],
        fields: sideEffects.map(({ field }) => field),
        text: textOfOutcome(parsed.data),
      };
      ended.set(intent_seq, [...(ended.get(intent_seq) ?? []), one]);
    }
    return ended;
  }

  #more(after: number, to: number): ReadonlySet<string> {
    const sql = 'SELECT n, seq FROM history_more_fields WHERE seq > ? AND seq <= ?';
    if (this.#fields.size <= fieldBits) return new Set();
    return new Set(all(this.database, more, sql, after, to).map(({ n, seq }) => `${n} ${seq}`));
  }
}

interface Ended {
  readonly code: number;
  readonly fields: readonly string[];
  readonly text: string;
}

function codeOf(outcome: string): number | null {
  const parsed = outcomeSchema.safeParse(outcome);
  return parsed.success ? outcomeCodes[parsed.data] : null;
}

/** Whether two texts have the same lines: what was folded anew may have them in another order, or one twice. */
function sameLines(stands: string | null, text: string): boolean {
  if (stands === null || stands === text) return stands !== null;
  const [there, wanted] = [new Set(stands.split('\n')), new Set(text.split('\n'))];
  return there.size === wanted.size && [...wanted].every((line) => there.has(line));
}

/** Lines of the entry, then those that its outcomes add, each once. */
function textOf(entry: ChainedEntry, body: Intent | Note, ended: readonly Ended[]): string {
  let text = textOfEntry(entry, body);
  for (const { text: added } of ended.filter(({ text: of }) => of !== ''))
    text = [...new Set([...text.split('\n'), ...added.split('\n')])].join('\n');
  return text;
}
