import { fieldSpec, type Localised } from '../../../shared/catalog';
import { isFormula } from '../../../shared/lib/formula';
import type { JournalItem } from '../../../shared/model/journal';
import { outcomeWords, reasons, type SummaryLanguage, texts } from '../../workorders/summary/texts';
import type { ExportEntry, Link } from './source';
import { type ToldField, toldFields } from './told';
import { noteWords, partWords, reportTexts, typeWords } from './words';

const newline = '\r\n';
// Without it Excel takes a file for one of the system's own code page and spoils Persian.
const byteOrderMark = '\uFEFF';

const columns: readonly Localised[] = [
  { en: 'Time (UTC)', fa: 'زمان (UTC)' },
  { en: 'Time', fa: 'زمان' },
  { en: 'Site', fa: 'محل' },
  { en: 'Connection', fa: 'اتصال' },
  { en: 'Kind', fa: 'نوع' },
  { en: 'Record id', fa: 'شناسهٔ رکورد' },
  { en: 'Record', fa: 'رکورد' },
  { en: 'What', fa: 'کار' },
  { en: 'Field', fa: 'فیلد' },
  { en: 'Wire name', fa: 'نام فنی' },
  { en: 'Before', fa: 'پیش از آن' },
  { en: 'After', fa: 'پس از آن' },
  { en: 'Outcome', fa: 'نتیجه' },
  { en: 'Problem', fa: 'مشکل' },
  { en: 'The server said', fa: 'گفتهٔ سرور' },
  { en: 'Work order', fa: 'دستور کار' },
  { en: 'Who', fa: 'چه کسی' },
  { en: 'Number in the history', fa: 'شماره در تاریخچه' },
  { en: 'Hash', fa: 'هش' },
  { en: 'Hash before it', fa: 'هش پیشین' },
];

/** The first line of a table, behind the mark by which Excel knows UTF-8. */
export function tableHead(language: SummaryLanguage): string {
  return byteOrderMark + line(columns.map((column) => column[language]));
}

/** Writes entries as lines of CSV, one line a field, every line complete in itself so that it can be sorted. */
export class TableLines {
  readonly #moments: Intl.DateTimeFormat;

  constructor(private readonly language: SummaryLanguage) {
    const locale = language === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB';
    this.#moments = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium' });
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
      item.kind ?? '',
      item.remoteId,
      item.title,
    ];
  }

  #field(item: JournalItem, told: ToldField | null): string[] {
    const what = item.type === 'write' ? partWords[told?.part ?? 'asked'] : typeWords[item.type];
    if (told === null)
      return [this.#say(what), '', '', '', item.note ? noteWords(item.note, this.language) : ''];
    const { field, secret, before, after } = told;
    const label = fieldSpec(item.kind, field)?.label;
    const changed = secret && item.type === 'write' ? this.#say(reportTexts.changed) : null;
    return [
      this.#say(what),
      label ? this.#say(label) : field,
      field,
      changed ?? before ?? '',
      changed ?? after ?? '',
    ];
  }

  #tail({ type, outcome, result, workOrder, actor, seq }: JournalItem, links: readonly Link[]): string[] {
    const problem = result?.problem ?? null;
    const reason = problem && reasons[problem.code];
    const inFlight = type === 'write' ? this.#say(texts.inFlight) : '';
    return [
      outcome ? this.#say(outcomeWords[outcome]) : inFlight,
      reason ? this.#say(reason) : (problem?.code ?? ''),
      problem?.serverMessage ?? '',
      workOrder,
      actor,
      String(seq),
      // An intent and its outcomes are rows of the chain each; whoever checks it looks for every hash before in the hashes.
      links.map(({ hash }) => hash).join(' '),
      links.map(({ previous }) => previous).join(' '),
    ];
  }

  #say(text: Localised): string {
    return text[this.language];
  }
}

function line(cells: readonly string[]): string {
  return cells.map(cell).join(',') + newline;
}

/**
 * A value as a cell. One that a spreadsheet could take for a formula gets an apostrophe before it: telephone numbers
 * with a plus and negative numbers too, because no spreadsheet tells them from a formula safely.
 */
export function cell(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a null byte ends a file for some readers
  const clean = value.replace(/\u0000/g, '');
  const safe = isFormula(clean) ? `'${clean}` : clean;
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
