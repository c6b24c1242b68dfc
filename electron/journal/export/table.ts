import { fieldSpec, ofCollection } from '../../../shared/catalog';
import { byteOrderMark, csvLine, quoted } from '../../../shared/lib/csv';
import { armless, hidesFormula, isFormula } from '../../../shared/lib/formula';
import { legible } from '../../../shared/lib/storable';
import type { JournalItem } from '../../../shared/model/journal';
import { type Language, localeOf, say, type TextKey } from '../../../shared/words';
import { reasonWords } from '../../documents/summary/reason-words';
import { namedCollection } from '../entries';
import { noteWords } from './note-words';
import type { ExportEntry, Link } from './source';
import { type ToldField, toldActor, toldFields } from './told';

const columns: readonly TextKey[] = [
  'documents:column.utc',
  'documents:column.time',
  'journal:detail.site',
  'journal:column.connection',
  'documents:column.kind',
  'documents:column.id',
  'journal:column.record',
  'journal:column.what',
  'journal:filter.field',
  'documents:column.wireName',
  'documents:column.before',
  'documents:column.after',
  'journal:column.outcome',
  'documents:column.problem',
  'documents:column.serverSaid',
  'journal:detail.workOrder',
  'documents:column.who',
  'documents:column.seq',
  'documents:column.hash',
  'documents:column.previous',
];

/** The first line of a table, behind the mark by which Excel knows UTF-8. */
export function tableHead(language: Language): string {
  return byteOrderMark + line(columns.map((column) => say(language, column)));
}

/** Writes entries as lines of CSV, one line a field, every line complete in itself so that it can be sorted. */
export class TableLines {
  readonly #moments: Intl.DateTimeFormat;

  constructor(private readonly language: Language) {
    this.#moments = new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'short', timeStyle: 'medium' });
  }

  of({ item, links }: ExportEntry): string {
    const fields = toldFields(item);
    const head = this.#head(item);
    const tail = this.#tail(item, links);
    // An entry without fields is an entry all the same.
    const each = fields.length === 0 ? [null] : fields;
    return each.map((field) => line([...head, ...this.#field(item, field), ...tail])).join('');
  }

  #head(item: JournalItem): string[] {
    return [
      new Date(item.at).toISOString(),
      this.#moments.format(item.at),
      item.site,
      item.connectionName,
      kindOf(item),
      item.remoteId,
      item.title,
    ];
  }

  #field(item: JournalItem, told: ToldField | null): string[] {
    const what = this.#say(
      item.type === 'write' ? `documents:part.${told?.part ?? 'asked'}` : `documents:type.${item.type}`,
    );
    if (told === null) return [what, '', '', '', item.note ? noteWords(item.note, this.language) : ''];
    const { field, secret, before, after } = told;
    const label = fieldSpec(ofCollection(item), field)?.label;
    const changed = secret && item.type === 'write' ? this.#say('documents:changed') : null;
    return [what, label?.[this.language] ?? field, field, changed ?? before ?? '', changed ?? after ?? ''];
  }

  #tail(item: JournalItem, links: readonly Link[]): string[] {
    const { type, outcome, result, workOrder, seq } = item;
    const problem = result?.problem ?? null;
    const reached = outcome ?? (type === 'write' ? 'in-flight' : null);
    return [
      reached ? this.#say(`workorders:mark.${reached}`) : '',
      problem ? (reasonWords(this.language, problem.code) ?? problem.code) : '',
      problem?.serverMessage ?? '',
      workOrder,
      toldActor(item),
      String(seq),
      // An intent and its outcomes are rows of the chain each; whoever checks it looks for every hash before in the hashes.
      links.map(({ hash }) => hash).join(' '),
      links.map(({ previous }) => previous).join(' '),
    ];
  }

  #say(key: TextKey): string {
    return say(this.language, key);
  }
}

/** The kind of server, and the collection where it is not the kind's first. */
function kindOf(item: JournalItem): string {
  const of = ofCollection(item);
  return of === null ? '' : [of.kind, namedCollection(of).collection ?? ''].join(' ').trim();
}

function line(cells: readonly string[]): string {
  return csvLine(cells.map(safe));
}

/** A value as a cell of the file. */
export function cell(value: string): string {
  return quoted(safe(value));
}

/**
 * A value that a spreadsheet could take for a formula gets an apostrophe before it: telephone numbers with a plus and
 * negative numbers too, because no spreadsheet tells them from a formula safely.
 */
function safe(value: string): string {
  const clean = legible(value);
  return isFormula(clean) || hidesFormula(clean) ? armless(clean) : clean;
}
