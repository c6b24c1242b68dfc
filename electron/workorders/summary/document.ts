import { fieldSpec, type Kind, type Localised } from '../../../shared/catalog';
import { soundsSecret } from '../../../shared/lib/text';
import type { JournalItem } from '../../../shared/model/journal';
import { type Outcome, outcomes } from '../../../shared/model/plan';
import type { ShownValue } from '../../../shared/model/record';
import type { Summary, SummaryField, SummaryServer } from './book';
import { type Html, html } from './html';
import { style } from './style';
import { outcomeWords, reasons, type SummaryLanguage, texts } from './texts';

/**
 * A work order's summary as one page that needs nothing else: no script, no picture, no font from elsewhere. Persian
 * runs right to left with Jalali dates; values keep the direction of their own.
 */
export function summaryDocument(summary: Summary, language: SummaryLanguage): string {
  return new SummaryPage(language).document(summary);
}

class SummaryPage {
  readonly #numbers: Intl.NumberFormat;
  readonly #moments: Intl.DateTimeFormat;

  constructor(private readonly language: SummaryLanguage) {
    const locale = language === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB';
    this.#numbers = new Intl.NumberFormat(locale);
    this.#moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  }

  document({ order, madeAt, before, after }: Summary): string {
    const { language } = this;
    const title = html`${this.#say(texts.workOrder)} <bdi dir="ltr">WO-${order.number}</bdi> <bdi>${order.name}</bdi>`;
    const page = html`<html lang="${language}" dir="${language === 'fa' ? 'rtl' : 'ltr'}">
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
${this.#fact(texts.customer, order.customer)}${this.#fact(texts.ticket, order.ticket)}${this.#fact(texts.note, order.note)}
${this.#fact(texts.created, this.#moments.format(order.createdAt))}${this.#fact(texts.madeAt, this.#moments.format(madeAt))}
</dl>
<p class="aside">${this.#say(texts.noSecrets)}</p>
</header>
${before.length === 0 && after.length > 0 ? null : this.#before(before)}
${this.#after(after)}
</body>
</html>`;
    return `<!doctype html>\n${page.text}\n`;
  }

  #before(servers: Summary['before']): Html {
    return html`<section>
<h2>${this.#say(texts.before)} ${this.#count(servers)}</h2>
${servers.length === 0 ? html`<p>${this.#say(texts.nothingBefore)}</p>` : null}
${servers.map(
  (server) => html`${this.#serverHead(server)}
<table class="before"><thead><tr><th>${this.#say(texts.record)}</th><th>${this.#say(texts.fields)}</th></tr></thead>
<tbody>${server.rows.map((row) => html`<tr><th scope="row"><bdi>${row.title}</bdi></th><td>${this.#lines(server.kind, row.fields)}</td></tr>`)}</tbody></table>`,
)}
</section>`;
  }

  #after(servers: Summary['after']): Html {
    const columns = [texts.record, texts.outcome, texts.fields, texts.when];
    return html`<section>
<h2>${this.#say(texts.after)}</h2>
${servers.length === 0 ? html`<p>${this.#say(texts.nothingAfter)}</p>` : this.#tally(servers)}
${servers.map(
  (server) => html`${this.#serverHead(server)}
<table class="after"><thead><tr>${columns.map((one) => html`<th>${this.#say(one)}</th>`)}</tr></thead>
<tbody>${server.rows.map((item) => this.#happened(server.kind, item))}</tbody></table>`,
)}
</section>`;
  }

  #happened(kind: Kind, item: JournalItem): Html {
    const { result } = item;
    const outcome = item.outcome;
    const reason = result?.problem && reasons[result.problem.code];
    const said = result?.problem?.serverMessage;
    const shown = (found: { field: string; before: ShownValue; after: ShownValue }): SummaryField => ({
      field: found.field,
      from: found.before,
      to: found.after,
    });
    return html`<tr class="${outcome ?? 'in-flight'}"><th scope="row"><bdi>${item.title}</bdi></th>
<td><strong>${this.#say(outcome ? outcomeWords[outcome] : texts.inFlight)}</strong>
${reason ? html`<p>${this.#say(reason)}</p>` : null}
${said ? html`<p>${this.#say(texts.serverSaid)} <bdi>${said}</bdi></p>` : null}</td>
<td>${this.#lines(kind, item.fields.map(shown))}
${this.#more(texts.notStored, kind, result?.notStored.map(shown) ?? [])}
${this.#more(texts.sideEffects, kind, result?.sideEffects.map(shown) ?? [])}
${result && result.unverifiable.length > 0 ? html`<p class="more">${this.#say(texts.unverifiable)}</p><ul>${result.unverifiable.map((field) => html`<li>${this.#label(kind, field)}</li>`)}</ul>` : null}</td>
<td class="when">${this.#moments.format(item.endedAt ?? item.at)}<br><bdi dir="ltr">${item.actor}</bdi></td></tr>`;
  }

  #more(title: Localised, kind: Kind, fields: readonly SummaryField[]): Html | null {
    return fields.length === 0
      ? null
      : html`<p class="more">${this.#say(title)}</p>${this.#lines(kind, fields)}`;
  }

  #lines(kind: Kind, fields: readonly SummaryField[]): Html {
    return html`<ul>${fields.map((one) => html`<li>${this.#label(kind, one.field)} ${this.#difference(kind, one)}</li>`)}</ul>`;
  }

  #label(kind: Kind, field: string): Html {
    const spec = fieldSpec(kind, field);
    return spec
      ? html`<span class="label">${this.#say(spec.label)}</span>`
      : html`<bdi class="label" dir="ltr">${field}</bdi>`;
  }

  #difference(kind: Kind, { field, from, to }: SummaryField): Html {
    const isState = (value: ShownValue) => value !== null && typeof value === 'object';
    const secret = fieldSpec(kind, field)?.secret ?? soundsSecret(field);
    if (secret || isState(from) || isState(to)) return html`<em>${this.#say(texts.changed)}</em>`;
    const arrow = this.language === 'fa' ? '←' : '→';
    return html`${this.#value(kind, field, from)} <span class="arrow">${arrow}</span> ${this.#value(kind, field, to)}`;
  }

  #value(kind: Kind, field: string, value: ShownValue): Html {
    if (typeof value !== 'string' || value === '') return html`<em>${this.#say(texts.empty)}</em>`;
    const allowed = fieldSpec(kind, field)?.values?.find((one) => one.value === value);
    if (allowed) return html`<bdi>${this.#say(allowed.label)}</bdi>`;
    // Numbers, addresses and tokens run left to right in every language.
    return /^[\u0020-\u007e]+$/.test(value)
      ? html`<bdi class="value" dir="ltr">${value}</bdi>`
      : html`<bdi class="value">${value}</bdi>`;
  }

  #serverHead({ site, name, baseUrl }: SummaryServer<unknown>): Html {
    return html`<h3><span class="site"><bdi>${site === '' ? this.#say(texts.noSite) : site}</bdi></span> <bdi>${name}</bdi> ${baseUrl === null ? null : html`<bdi class="url" dir="ltr">${baseUrl}</bdi>`}</h3>`;
  }

  #count(servers: readonly SummaryServer<unknown>[]): string {
    const sum = servers.reduce((before, { rows }) => before + rows.length, 0);
    return sum === 0 ? '' : `(${this.#numbers.format(sum)})`;
  }

  /** How the records stand now: one that was tried again counts by its last try. */
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
    return html`<p class="tally">${shown.map(({ outcome, count }) => html`<span class="${outcome}">${this.#say(outcomeWords[outcome])}: ${this.#numbers.format(count)}</span> `)}</p>`;
  }

  #fact(label: Localised, value: string): Html | null {
    return value === '' ? null : html`<dt>${this.#say(label)}</dt><dd><bdi>${value}</bdi></dd>`;
  }

  #say(text: Localised): string {
    return text[this.language];
  }
}
