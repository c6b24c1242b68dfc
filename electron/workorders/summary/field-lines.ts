import { fieldSpec, type Kind, type Localised } from '../../../shared/catalog';
import { soundsSecret } from '../../../shared/lib/text';
import type { JournalItem } from '../../../shared/model/journal';
import type { ShownValue } from '../../../shared/model/record';
import type { SummaryField } from './book';
import { type Html, html } from './html';
import { outcomeWords, reasons, type SummaryLanguage, texts } from './texts';

/** Fields and what became of them as HTML, for summaries and reports. Of a secret only that it changed. */
export class FieldLines {
  constructor(private readonly language: SummaryLanguage) {}

  /** What became of an entry, why, and what the server said. */
  outcome({ outcome, result }: JournalItem): Html {
    const reason = result?.problem && reasons[result.problem.code];
    const said = result?.problem?.serverMessage;
    return html`<strong>${this.say(outcome ? outcomeWords[outcome] : texts.inFlight)}</strong>
${reason ? html`<p>${this.say(reason)}</p>` : null}
${said ? html`<p>${this.say(texts.serverSaid)} <bdi>${said}</bdi></p>` : null}`;
  }

  /** Every field of an entry: those asked for, those not stored, those that nobody asked for. */
  all({ kind, fields, result }: JournalItem): Html {
    return html`${this.of(kind, fields.map(asLine))}
${this.#more(texts.notStored, kind, result?.notStored.map(asLine) ?? [])}
${this.#more(texts.sideEffects, kind, result?.sideEffects.map(asLine) ?? [])}
${result && result.unverifiable.length > 0 ? html`<p class="more">${this.say(texts.unverifiable)}</p><ul>${result.unverifiable.map((field) => html`<li>${this.label(kind, field)}</li>`)}</ul>` : null}`;
  }

  #more(title: Localised, kind: Kind | null, fields: readonly SummaryField[]): Html | null {
    return fields.length === 0 ? null : html`<p class="more">${this.say(title)}</p>${this.of(kind, fields)}`;
  }

  /** One line a field: its label, what it was and what it became. */
  of(kind: Kind | null, fields: readonly SummaryField[]): Html {
    return html`<ul>${fields.map((one) => html`<li>${this.label(kind, one.field)} ${this.#difference(kind, one)}</li>`)}</ul>`;
  }

  /** A field as a person calls it; one that no catalog knows by its wire name. */
  label(kind: Kind | null, field: string): Html {
    const spec = fieldSpec(kind, field);
    return spec
      ? html`<span class="label">${this.say(spec.label)}</span>`
      : html`<bdi class="label" dir="ltr">${field}</bdi>`;
  }

  #difference(kind: Kind | null, { field, from, to }: SummaryField): Html {
    const isState = (value: ShownValue) => value !== null && typeof value === 'object';
    const secret = fieldSpec(kind, field)?.secret ?? soundsSecret(field);
    if (secret || isState(from) || isState(to)) return html`<em>${this.say(texts.changed)}</em>`;
    const arrow = this.language === 'fa' ? '←' : '→';
    return html`${this.#value(kind, field, from)} <span class="arrow">${arrow}</span> ${this.#value(kind, field, to)}`;
  }

  #value(kind: Kind | null, field: string, value: ShownValue): Html {
    if (typeof value !== 'string' || value === '') return html`<em>${this.say(texts.empty)}</em>`;
    const allowed = fieldSpec(kind, field)?.values?.find((one) => one.value === value);
    if (allowed) return html`<bdi>${this.say(allowed.label)}</bdi>`;
    // Numbers, addresses and tokens run left to right in every language.
    return /^[\u0020-\u007e]+$/.test(value)
      ? html`<bdi class="value" dir="ltr">${value}</bdi>`
      : html`<bdi class="value">${value}</bdi>`;
  }

  say(text: Localised): string {
    return text[this.language];
  }
}

const asLine = ({ field, before, after }: JournalItem['fields'][number]): SummaryField => ({
  field,
  from: before,
  to: after,
});
