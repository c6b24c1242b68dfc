import type { FieldSpec } from '../../shared/catalog';
import { isBaseAgain, sameValue } from '../../shared/catalog/compare';
import { type FieldProblem, fieldProblemCodes, validateField } from '../../shared/catalog/validate';
import type { ChangeField } from '../../shared/model/change';
import type { ShownValue } from '../../shared/model/record';
import { cleanTyped } from '../../shared/values/clean';
import type { Draft } from './saver';

/** Everything about one field that its row in the form shows. */
export interface FieldState {
  readonly spec: FieldSpec;
  /** What stands in the control; empty for a secret that is not being typed. */
  readonly text: string;
  /** What is to be told of the value: of a secret, its state. */
  readonly shown: ShownValue;
  /** What the edit was prepared against. */
  readonly base: ShownValue;
  /** What the last sync read, where that is no longer the base. */
  readonly movedTo: ShownValue | undefined;
  readonly changed: boolean;
  readonly problem: FieldProblem | null;
  readonly draft: Draft | undefined;
}

/** Whether two states of a field show the same. */
export function sameState(a: FieldState, b: FieldState): boolean {
  return (
    a.spec === b.spec &&
    a.text === b.text &&
    a.draft === b.draft &&
    a.changed === b.changed &&
    sameShown(a.shown, b.shown) &&
    sameShown(a.base, b.base) &&
    sameShown(a.movedTo ?? null, b.movedTo ?? null) &&
    a.problem?.code === b.problem?.code &&
    a.problem?.detail === b.problem?.detail
  );
}

function sameShown(a: ShownValue, b: ShownValue): boolean {
  if (a !== null && b !== null && typeof a === 'object' && typeof b === 'object')
    return a.secret === b.secret;
  return a === b;
}

/** A field as its record, its prepared edit and what is being typed make it. */
export function fieldState(
  spec: FieldSpec,
  live: ShownValue,
  edit: ChangeField | undefined,
  draft: Draft | undefined,
): FieldState {
  const base = edit ? edit.base : live;
  const shown = edit ? edit.next : live;
  const text = draft ? draft.value.text : textOf(shown);
  const moved = edit !== undefined && !spec.secret && !sameValue(spec, textOf(base), textOf(live));
  return {
    spec,
    text,
    shown,
    base,
    movedTo: moved ? live : undefined,
    changed: draft ? isEdit(spec, draft, base) : edit !== undefined,
    problem: spec.readOnly ? null : problemOfField(spec, text, base, edit, draft),
    draft,
  };
}

/** Whether what is being typed is an edit: typing a value back to its base takes it out of the change. */
function isEdit(spec: FieldSpec, draft: Draft, base: ShownValue): boolean {
  if (spec.writeOnly) return draft.value.text !== '';
  if (spec.secret) return true;
  return !isBaseAgain(spec, textOf(base), cleanTyped(spec, draft.value.text, textOf(base)));
}

function problemOfField(
  spec: FieldSpec,
  text: string,
  base: ShownValue,
  edit: ChangeField | undefined,
  draft: Draft | undefined,
): FieldProblem | null {
  // What can only be written and is not written is no edit, and nothing that is wrong.
  if (draft && spec.writeOnly && draft.value.text === '') return null;
  // As it is stored: what cannot be seen is taken out on the way.
  if (draft) {
    const had = spec.secret ? null : textOf(base);
    return validateField(spec, cleanTyped(spec, text, had), had);
  }
  if (!edit) return null;
  // A sealed value was checked where it could be seen, and what the server had before is not checked at all.
  if (spec.secret || edit.returned) return knownProblem(edit.problem);
  return validateField(spec, text, textOf(base));
}

function knownProblem(told: ChangeField['problem']): FieldProblem | null {
  const code = fieldProblemCodes.find((one) => one === told?.code);
  if (!code) return null;
  return told?.detail === undefined ? { code } : { code, detail: told.detail };
}

/** A shown value as the text of a control; a secret's state is no text. */
export function textOf(value: ShownValue): string {
  return typeof value === 'string' ? value : '';
}
