import { type Catalog, type FieldSpec, fieldsByName } from '../../shared/catalog';
import { sameValue } from '../../shared/catalog/compare';
import { fieldValue } from '../../shared/catalog/read';
import { phoneKey, searchFold } from '../../shared/lib/text';
import type { BatchProblem } from '../../shared/model/batch';
import { idColumn } from '../../shared/model/sheet';
import type { Turn } from '../jobs/jobs';
import type { BatchEdit } from '../many/batch';
import { isShortened, lostZeros } from './digits';
import { type Found, identifying, KeyIndex, type Target } from './keys';
import { isAsStored } from './read-cell';
import type { OpenSheet } from './sheet';
import type { TableRow } from './table';

/*
 * Whether everything in a row that says whose it is says the same. One key finds the record; where columns were sorted apart,
 * or a row was pasted over half of another, another cell tells. The rule, as docs/spreadsheets.md has it:
 *
 * - the record's id, and what no edit can change (a user name, a mobile number), must be the record's own;
 * - what an edit can change (the number, an e-mail address) may be new. Where it is another record's, it is an edit only if
 *   something else in the row is this record's and not the other's, or if the file does nothing else than renumber, and gives
 *   the other record a number of its own too.
 */

interface Column {
  readonly index: number;
  /** Null for the record's id. */
  readonly spec: FieldSpec | null;
}

type Owners = ReadonlyMap<string, Target | null>;

/** Compares the identifying cells of rows with the records that the rows were found to be about. */
export class Identities {
  readonly #fixed: readonly Column[];
  readonly #editable: readonly (Column & { readonly spec: FieldSpec })[];
  readonly #owners = new Map<string, Owners>();
  /** Records that the file gives another value of a field, by field. */
  readonly #givenAway = new Map<string, Set<string>>();
  #ids: KeyIndex<Target> | null = null;
  #idIsOurs = false;

  private constructor(
    private readonly catalog: Catalog,
    private readonly sheet: OpenSheet,
    private readonly key: string,
  ) {
    const specs = fieldsByName(catalog);
    const others = sheet.columns.flatMap(({ field }, index): Column[] => {
      if (field === null || field === key) return [];
      if (field === idColumn) return [{ index, spec: null }];
      const spec = specs.get(field);
      return spec && (spec.unique || spec.identifies) && !spec.secret ? [{ index, spec }] : [];
    });
    this.#fixed = others.filter(({ spec }) => spec === null || spec.readOnly);
    this.#editable = others.flatMap(({ index, spec }) => (spec && !spec.readOnly ? [{ index, spec }] : []));
  }

  /** @param found what each row was found to be about, in the rows' order */
  static async of(
    catalog: Catalog,
    sheet: OpenSheet,
    key: string,
    records: readonly Target[],
    found: readonly Found<Target>[],
    turn: Turn,
  ): Promise<Identities> {
    const made = new Identities(catalog, sheet, key);
    await made.#prepare(records, found, turn);
    return made;
  }

  async #prepare(records: readonly Target[], found: readonly Found<Target>[], turn: Turn): Promise<void> {
    const { sheet, catalog } = this;
    for (const { spec } of [...this.#fixed, ...this.#editable]) {
      if (spec) this.#owners.set(spec.name, await ownersOf(spec, records, turn));
      else this.#ids = await KeyIndex.of(catalog, idColumn, records, turn);
    }
    const id = this.#fixed.find(({ spec }) => spec === null);
    for (const [place, row] of sheet.body.entries()) {
      await turn.tick(0);
      if (id && !this.#idIsOurs) {
        this.#idIsOurs = this.#ids?.find(row.cells[id.index] ?? '').found === 'record';
      }
      const one = found[place];
      if (one?.found !== 'record') continue;
      for (const { index, spec } of this.#editable) {
        const text = identifying(spec, row.cells[index] ?? '');
        if (text !== '' && !agrees(spec, one.record, text)) {
          const given = this.#givenAway.get(spec.name) ?? new Set();
          this.#givenAway.set(spec.name, given.add(one.record.remoteId));
        }
      }
    }
  }

  /**
   * What in a row is of another record than the one that it was found to be about.
   * @param edits what the row makes of the record
   * @param told the row's key, where it may be shown; without it no cell is named
   */
  problems(
    row: TableRow,
    record: Target,
    edits: readonly BatchEdit[],
    told: string | undefined,
  ): BatchProblem[] {
    const found: BatchProblem[] = [];
    const say = (spec: FieldSpec | null, cell: string): void => {
      const own = spec ? fieldValue(spec, record.stored) : record.remoteId;
      const detail =
        told === undefined
          ? {}
          : {
              detail: cell.slice(0, 200),
              other: `${told.slice(0, 100)} (${(own || record.title).slice(0, 200)})`,
            };
      found.push({ field: spec?.name ?? idColumn, code: 'reason.other-record', ...detail });
    };
    for (const { index, spec } of this.#fixed) {
      const cell = row.cells[index] ?? '';
      if (cell.trim() !== '' && !this.#isOwn(spec, record, cell)) say(spec, cell.trim());
    }
    for (const { spec } of this.#editable) {
      const to = edits.find(({ field }) => field === spec.name)?.to;
      if (!to) continue;
      const owner = this.#owners.get(spec.name)?.get(comparable(spec, to));
      if (owner && owner.remoteId !== record.remoteId && !this.#isMeant(row, record, owner, spec))
        say(spec, to);
    }
    return found;
  }

  #isOwn(spec: FieldSpec | null, record: Target, cell: string): boolean {
    if (spec === null) {
      const found = this.#ids?.find(cell);
      if (found?.found === 'record') return found.record.remoteId === record.remoteId;
      // Something else that is called so, in a file of another program.
      return !this.#idIsOurs;
    }
    const own = fieldValue(spec, record.stored) ?? '';
    if (isAsStored(cell, own)) return true;
    const text = identifying(spec, cell);
    if (text === '' || text === this.sheet.settings.marker) return true;
    // A record that has none yet disagrees only with another one's.
    if (own === '') return !this.#owners.get(spec.name)?.get(comparable(spec, text));
    return agrees(spec, record, text);
  }

  /** Whether a value that another record has is meant for this one. */
  #isMeant(row: TableRow, record: Target, owner: Target, spec: FieldSpec): boolean {
    if (this.#isVouchedFor(row, record, owner, spec)) return true;
    const given = this.#givenAway.get(spec.name)?.has(owner.remoteId) === true;
    return spec.unique === true && given && !this.#saysMore(row, spec);
  }

  /** Whether another cell of the row is the record's own, and not the other one's. */
  #isVouchedFor(row: TableRow, record: Target, owner: Target, spec: FieldSpec): boolean {
    const specs = fieldsByName(this.catalog);
    return this.sheet.columns.some(({ field }, index) => {
      const cell = row.cells[index] ?? '';
      if (cell.trim() === '' || field === null || field === this.key || field === spec.name) return false;
      if (field === idColumn) return this.#idIsOurs && this.#isOwn(null, record, cell);
      const other = specs.get(field);
      if (!other || !saysWho(this.catalog, other)) return false;
      const text = identifying(other, cell);
      return agrees(other, record, text) && !agrees(other, owner, text);
    });
  }

  /** Whether a row says anything beside which record it is and which number that gets. */
  #saysMore(row: TableRow, spec: FieldSpec): boolean {
    const specs = fieldsByName(this.catalog);
    return this.sheet.columns.some(
      ({ field }, index) =>
        field !== null &&
        field !== this.key &&
        field !== spec.name &&
        specs.has(field) &&
        (row.cells[index] ?? '').trim() !== '',
    );
  }
}

/** Fields by which a person tells whose a record is. */
function saysWho(catalog: Catalog, spec: FieldSpec): boolean {
  return spec.unique === true || spec.identifies === true || catalog.titleFields.includes(spec.name);
}

/** The only record that has each value; null where several have it. */
async function ownersOf(spec: FieldSpec, records: readonly Target[], turn: Turn): Promise<Owners> {
  const owners = new Map<string, Target | null>();
  for (const record of records) {
    const value = comparable(spec, fieldValue(spec, record.stored) ?? '');
    if (value !== '') owners.set(value, owners.has(value) ? null : record);
    await turn.tick(0);
  }
  return owners;
}

function comparable(spec: FieldSpec, value: string): string {
  return spec.type === 'phone' ? phoneKey(value) : searchFold(value).replace(/\s+/g, ' ');
}

/** Whether a cell says what the record has, whatever a spreadsheet or a keyboard made of it. */
function agrees(spec: FieldSpec, { stored }: Target, text: string): boolean {
  const own = fieldValue(spec, stored) ?? '';
  if (own === '') return false;
  if (sameValue(spec, own, text) || comparable(spec, identifying(spec, own)) === comparable(spec, text))
    return true;
  return lostZeros(own, text) || isShortened(own.replace(/^\+/, ''), text);
}
