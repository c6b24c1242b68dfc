import { ofCollection } from '../../../shared/catalog';
import type { JournalItem } from '../../../shared/model/journal';
import { type Outcome, outcomes } from '../../../shared/model/plan';
import { directionOf, type Language, localeOf, say, type TextKey } from '../../../shared/words';
import { toldActor } from '../../journal/export/told';
import type { Summary, SummaryServer } from './book';
import { FieldLines } from './field-lines';
import { type Html, html } from './html';
import { style } from './style';

/**
 * Renders a work order's summary as one self-contained page: no script, picture or external font. Persian runs right to
 * left with Jalali dates; values keep their own direction.
 */
export function summaryDocument(summary: Summary, language: Language): string {
  return new SummaryPage(language).document(summary);
}

class SummaryPage {
  readonly #numbers: Intl.NumberFormat;
  readonly #moments: Intl.DateTimeFormat;
  readonly #lines: FieldLines;

  constructor(private readonly language: Language) {
    const locale = localeOf(language);
    this.#numbers = new Intl.NumberFormat(locale);
    this.#moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    this.#lines = new FieldLines(language);
  }

  document({ order, madeAt, before, after }: Summary): string {
    const { language } = this;
    const title = html`${this.#say('journal:detail.workOrder')} <bdi dir="ltr">WO-${order.number}</bdi> <bdi>${order.name}</bdi>`;
    const page = html`<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${`WO-${order.number} ${order.name}`.trim()}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<dl>
${this.#fact('transfer:file.customer', order.customer)}${this.#fact('transfer:file.ticket', order.ticket)}${this.#fact('transfer:file.note', order.note)}
${this.#fact('documents:summary.created', this.#moments.format(order.createdAt))}${this.#fact('documents:summary.madeAt', this.#moments.format(madeAt))}
</dl>
<p class="aside">${this.#say('documents:noSecrets')}</p>
</header>
${before.length === 0 && after.length > 0 ? null : this.#before(before)}
${this.#after(after)}
</body>
</html>`;
    return `<!doctype html>\n${page.text}\n`;
  }

  #before(servers: Summary['before']): Html {
    return html`<section>
<h2>${this.#say('documents:summary.before')} ${this.#count(servers)}</h2>
${servers.length === 0 ? html`<p>${this.#say('documents:summary.nothingBefore')}</p>` : null}
${servers.map(
  (server) => html`${this.#serverHead(server)}
<table class="before"><thead><tr><th>${this.#say('journal:column.record')}</th><th>${this.#say('workorders:column.fields')}</th></tr></thead>
<tbody>${server.rows.map((row) => html`<tr><th scope="row"><bdi>${row.title}</bdi></th><td>${this.#lines.of(ofCollection({ kind: server.kind, collection: row.collection }), row.fields)}</td></tr>`)}</tbody></table>`,
)}
</section>`;
  }

  #after(servers: Summary['after']): Html {
    const columns: readonly TextKey[] = [
      'journal:column.record',
      'journal:column.outcome',
      'workorders:column.fields',
      'journal:column.whenWho',
    ];
    return html`<section>
<h2>${this.#say('documents:summary.after')}</h2>
${servers.length === 0 ? html`<p>${this.#say('journal:report.notWritten')}</p>` : this.#tally(servers)}
${servers.map(
  (server) => html`${this.#serverHead(server)}
<table class="after"><thead><tr>${columns.map((one) => html`<th>${this.#say(one)}</th>`)}</tr></thead>
<tbody>${server.rows.map((item) => this.#happened(item))}</tbody></table>`,
)}
</section>`;
  }

  #happened(item: JournalItem): Html {
    return html`<tr class="${item.outcome ?? 'in-flight'}"><th scope="row"><bdi>${item.title}</bdi></th>
<td>${this.#lines.outcome(item)}</td>
<td>${this.#lines.all(item)}</td>
<td class="when">${this.#moments.format(item.endedAt ?? item.at)}<br><bdi dir="ltr">${toldActor(item)}</bdi></td></tr>`;
  }

  #serverHead({ site, name, baseUrl }: SummaryServer<unknown>): Html {
    return html`<h3><span class="site"><bdi>${site === '' ? this.#say('shell:side.noSite') : site}</bdi></span> <bdi>${name}</bdi> ${baseUrl === null ? null : html`<bdi class="url" dir="ltr">${baseUrl}</bdi>`}</h3>`;
  }

  #count(servers: readonly SummaryServer<unknown>[]): string {
    const sum = servers.reduce((before, { rows }) => before + rows.length, 0);
    return sum === 0 ? '' : `(${this.#numbers.format(sum)})`;
  }

  /** Counts records by their last attempt. */
  #tally(servers: Summary['after']): Html {
    const last = new Map<string, Outcome | null>();
    for (const { rows } of servers)
      for (const { connectionId, remoteId, outcome } of rows)
        last.set(JSON.stringify([connectionId, remoteId]), outcome);
    const counts = outcomes.map((outcome) => ({
      outcome,
      count: [...last.values()].filter((one) => one === outcome).length,
    }));
    const shown = counts.filter(({ count }) => count > 0);
    return html`<p class="tally">${shown.map(({ outcome, count }) => html`<span class="${outcome}">${this.#say(`workorders:mark.${outcome}`)}: ${this.#numbers.format(count)}</span> `)}</p>`;
  }

  #fact(label: TextKey, value: string): Html | null {
    return value === '' ? null : html`<dt>${this.#say(label)}</dt><dd><bdi>${value}</bdi></dd>`;
  }

  #say(key: TextKey): string {
    return say(this.language, key);
  }
}
