import { ofCollection } from '../../../shared/catalog';
import type { JournalFilter, JournalItem } from '../../../shared/model/journal';
import { directionOf, type Language, localeOf, say, type TextKey } from '../../../shared/words';
import { FieldLines } from '../../documents/summary/field-lines';
import { type Html, html } from '../../documents/summary/html';
import { style } from '../../documents/summary/style';
import { noteWords } from './note-words';
import type { ExportEntry } from './source';
import { toldActor } from './told';

/**
 * The history as a page for the customer, made piece by piece: it can be longer than memory. It needs nothing else:
 * no script, no picture, no font from elsewhere.
 */
export class Report {
  readonly #lines: FieldLines;
  readonly #moments: Intl.DateTimeFormat;
  readonly #numbers: Intl.NumberFormat;

  constructor(private readonly language: Language) {
    const locale = localeOf(language);
    this.#lines = new FieldLines(language);
    this.#moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    this.#numbers = new Intl.NumberFormat(locale);
  }

  /** The page up to the first row of its table. `entries`: how many will come. */
  head(filter: JournalFilter, entries: number, madeAt: number): string {
    const columns: readonly TextKey[] = [
      'journal:column.record',
      'journal:column.outcome',
      'documents:history.changes',
      'journal:column.whenWho',
    ];
    const page = html`<html lang="${this.language}" dir="${directionOf(this.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${this.#say('documents:history.title')}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${this.#say('documents:history.title')}</h1>
<dl>
${this.#fact('documents:history.madeAt', this.#moments.format(madeAt))}${this.#fact('documents:history.entries', this.#numbers.format(entries))}
${this.#fact('documents:history.span', this.#span(filter))}${this.#fact('journal:detail.site', filter.site ?? '')}
${this.#fact('journal:filter.field', filter.field ?? '')}${this.#fact('documents:history.text', filter.text.trim())}
${this.#fact('journal:column.outcome', filter.outcome ? this.#say(`workorders:mark.${filter.outcome}`) : '')}
</dl>
</header>
${entries === 0 ? html`<p>${this.#say('documents:history.nothing')}</p>` : null}
<table class="after"><thead><tr>${columns.map((column) => html`<th>${this.#say(column)}</th>`)}</tr></thead>
<tbody>
`;
    return `<!doctype html>\n${page.text}`;
  }

  row({ item, links }: ExportEntry): string {
    const site = item.site === '' ? this.#say('shell:side.noSite') : item.site;
    const proof = `${item.seq}${links[0] ? ` ${links[0].hash.slice(0, 12)}` : ''}`;
    return html`<tr class="${item.outcome ?? 'in-flight'}"><th scope="row"><bdi>${item.title}</bdi>
<p><span class="site"><bdi>${site}</bdi></span> <bdi>${item.connectionName}</bdi></p><p class="site"><bdi>${item.workOrder}</bdi></p></th>
<td>${this.#outcome(item)}</td>
<td>${this.#fields(item)}</td>
<td class="when">${this.#moments.format(item.at)}<br><bdi>${toldActor(item)}</bdi><br><bdi class="site" dir="ltr">${proof}</bdi></td></tr>
`.text;
  }

  /** What ends the page. */
  foot(): string {
    return html`</tbody></table>
<footer><p>${this.#say('documents:noSecrets')}</p><p>${this.#say('documents:history.proof')}</p></footer>
</body>
</html>
`.text;
  }

  #outcome(item: JournalItem): Html {
    return item.type === 'write'
      ? this.#lines.outcome(item)
      : html`<strong>${this.#say(`documents:type.${item.type}`)}</strong>`;
  }

  #fields(item: JournalItem): Html {
    if (item.type === 'write') return this.#lines.all(item);
    return item.note
      ? html`<p>${noteWords(item.note, this.language)}</p>`
      : html`<ul>${item.fields.map(({ field }) => html`<li>${this.#lines.label(ofCollection(item), field)}</li>`)}</ul>`;
  }

  #span({ from, to }: JournalFilter): string {
    const parts = [
      from === null ? '' : `${this.#say('documents:history.from')} ${this.#moments.format(from)}`,
      to === null ? '' : `${this.#say('documents:history.to')} ${this.#moments.format(to)}`,
    ];
    return parts.filter((part) => part !== '').join(' ');
  }

  #fact(label: TextKey, value: string): Html | null {
    return value === '' ? null : html`<dt>${this.#say(label)}</dt><dd><bdi>${value}</bdi></dd>`;
  }

  #say(key: TextKey): string {
    return say(this.language, key);
  }
}
