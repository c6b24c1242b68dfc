import { fieldSpec, isOpenField, type OfCollection, ofCollection } from '../../../shared/catalog';
import type { JournalItem } from '../../../shared/model/journal';
import type { ShownValue } from '../../../shared/model/record';
import { type Language, say, type TextKey } from '../../../shared/words';
import type { SummaryField } from './book';
import { type Html, html } from './html';
import { reasonWords } from './reason-words';

/** Renders fields and outcomes as HTML, for summaries and reports. Of secrets only that they changed. */
export class FieldLines {
  constructor(private readonly language: Language) {}

  outcome({ outcome, result }: JournalItem): Html {
    const reason = result?.problem && reasonWords(this.language, result.problem.code);
    const said = result?.problem?.serverMessage;
    return html`<strong>${this.#say(`workorders:mark.${outcome ?? 'in-flight'}`)}</strong>
${reason ? html`<p>${reason}</p>` : null}
${said ? html`<p>${this.#say('documents:serverSaid')} <bdi>${said}</bdi></p>` : null}`;
  }

  /** Every field of an entry: those asked for, those not stored, those that nobody asked for. */
  all({ fields, result, ...item }: JournalItem): Html {
    const of = ofCollection(item);
    return html`${this.of(of, fields.map(asLine))}
${this.#more('documents:notStored', of, result?.notStored.map(asLine) ?? [])}
${this.#more('documents:sideEffects', of, result?.sideEffects.map(asLine) ?? [])}
${result && result.unverifiable.length > 0 ? html`<p class="more">${this.#say('workorders:reason.unverifiable')}</p><ul>${result.unverifiable.map((field) => html`<li>${this.label(of, field)}</li>`)}</ul>` : null}`;
  }

  #more(title: TextKey, of: OfCollection | null, fields: readonly SummaryField[]): Html | null {
    return fields.length === 0 ? null : html`<p class="more">${this.#say(title)}</p>${this.of(of, fields)}`;
  }

  /** One line a field: its label, what it was and what it became. */
  of(of: OfCollection | null, fields: readonly SummaryField[]): Html {
    return html`<ul>${fields.map((one) => html`<li>${this.label(of, one.field)} ${this.#difference(of, one)}</li>`)}</ul>`;
  }

  /** A field as a person calls it; one that no catalog knows by its wire name. */
  label(of: OfCollection | null, field: string): Html {
    const spec = fieldSpec(of, field);
    return spec
      ? html`<span class="label">${spec.label[this.language]}</span>`
      : html`<bdi class="label" dir="ltr">${field}</bdi>`;
  }

  #difference(of: OfCollection | null, { field, from, to }: SummaryField): Html {
    const isState = (value: ShownValue) => value !== null && typeof value === 'object';
    if (!isOpenField(of, field) || isState(from) || isState(to))
      return html`<em>${this.#say('documents:changed')}</em>`;
    const arrow = this.language === 'fa' ? '←' : '→';
    return html`${this.#value(of, field, from)} <span class="arrow">${arrow}</span> ${this.#value(of, field, to)}`;
  }

  #value(of: OfCollection | null, field: string, value: ShownValue): Html {
    if (typeof value !== 'string' || value === '') return html`<em>${this.#say('shell:value.empty')}</em>`;
    const allowed = fieldSpec(of, field)?.values?.find((one) => one.value === value);
    if (allowed) return html`<bdi>${allowed.label[this.language]}</bdi>`;
    // Numbers, addresses and tokens run left to right in every language.
    return /^[\u0020-\u007e]+$/.test(value)
      ? html`<bdi class="value" dir="ltr">${value}</bdi>`
      : html`<bdi class="value">${value}</bdi>`;
  }

  #say(key: TextKey): string {
    return say(this.language, key);
  }
}

const asLine = ({ field, before, after }: JournalItem['fields'][number]): SummaryField => ({
  field,
  from: before,
  to: after,
});
