import { fieldSpec, isOpenField, type Kind } from '../../../shared/catalog';
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

  all({ kind, fields, result }: JournalItem): Html {
    return html`${this.of(kind, fields.map(asLine))}
${this.#more('documents:notStored', kind, result?.notStored.map(asLine) ?? [])}
${this.#more('documents:sideEffects', kind, result?.sideEffects.map(asLine) ?? [])}
${result && result.unverifiable.length > 0 ? html`<p class="more">${this.#say('workorders:reason.unverifiable')}</p><ul>${result.unverifiable.map((field) => html`<li>${this.label(kind, field)}</li>`)}</ul>` : null}`;
  }

  #more(title: TextKey, kind: Kind | null, fields: readonly SummaryField[]): Html | null {
    return fields.length === 0 ? null : html`<p class="more">${this.#say(title)}</p>${this.of(kind, fields)}`;
  }

  of(kind: Kind | null, fields: readonly SummaryField[]): Html {
    return html`<ul>${fields.map((one) => html`<li>${this.label(kind, one.field)} ${this.#difference(kind, one)}</li>`)}</ul>`;
  }

  /** Returns a field's label; for one that no catalog knows, its wire name. */
  label(kind: Kind | null, field: string): Html {
    const spec = fieldSpec(kind, field);
    return spec
      ? html`<span class="label">${spec.label[this.language]}</span>`
      : html`<bdi class="label" dir="ltr">${field}</bdi>`;
  }

  #difference(kind: Kind | null, { field, from, to }: SummaryField): Html {
    const isState = (value: ShownValue) => value !== null && typeof value === 'object';
    if (!isOpenField(kind, field) || isState(from) || isState(to))
      return html`<em>${this.#say('documents:changed')}</em>`;
    const arrow = this.language === 'fa' ? '←' : '→';
    return html`${this.#value(kind, field, from)} <span class="arrow">${arrow}</span> ${this.#value(kind, field, to)}`;
  }

  #value(kind: Kind | null, field: string, value: ShownValue): Html {
    if (typeof value !== 'string' || value === '') return html`<em>${this.#say('shell:value.empty')}</em>`;
    const allowed = fieldSpec(kind, field)?.values?.find((one) => one.value === value);
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
