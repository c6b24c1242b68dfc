import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { type Catalog, catalogOf, type FieldSpec } from '../../../shared/catalog';
import { sameValue } from '../../../shared/catalog/compare';
import { type FieldProblem, fieldProblemCodes, validateField } from '../../../shared/catalog/validate';
import type { Change, ChangeField } from '../../../shared/model/change';
import type { Connection } from '../../../shared/model/connection';
import type { Problem } from '../../../shared/model/problem';
import type { RecordView, ShownValue } from '../../../shared/model/record';
import { ask, patchbay, problemOf } from '../../bridge';
import { keys } from '../../queries';
import { recordQuery } from './record-query';
import { type Draft, type Drafts, type RecordRef, useDrafts } from './saver';

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

export interface RecordForm {
  readonly catalog: Catalog;
  readonly record: RecordView | undefined;
  readonly change: Change | null;
  readonly drafts: Drafts;
  readonly fields: ReadonlyMap<string, FieldState>;
  readonly changed: readonly FieldState[];
  /** The record is not in the directory any more. */
  readonly vanished: boolean;
  readonly problem: Problem | null;
  readonly ready: boolean;
}

/** A record, its prepared change and what is being typed, as one form. */
export function useRecordForm(connection: Connection, ref: RecordRef): RecordForm {
  const catalog = catalogOf(connection.kind);
  const drafts = useDrafts(ref);
  const read = useQuery(recordQuery(ref));
  const changeQuery = useQuery({
    queryKey: keys.change(ref.connectionId, ref.remoteId),
    queryFn: () => ask(patchbay.changes.get(ref)),
  });
  const record = read.data;
  const change = changeQuery.data ?? null;
  const problem = read.error ? problemOf(read.error) : null;
  const vanished = problem?.code === 'not-found' || problem?.code === 'unknown-record';
  const before = useRef<ReadonlyMap<string, FieldState>>(new Map());
  const fields = useMemo(() => {
    const edits = new Map(change?.fields.map((edit) => [edit.field, edit]));
    return new Map(
      catalog.fields.map((spec) => {
        const live = record?.fields[spec.name] ?? null;
        const state = fieldState(spec, live, edits.get(spec.name), drafts[spec.name]);
        const last = before.current.get(spec.name);
        // The same object as long as it says the same, so that a letter in one field draws that field alone.
        return [spec.name, last && sameState(last, state) ? last : state];
      }),
    );
  }, [catalog, record, change, drafts]);
  useEffect(() => {
    before.current = fields;
  }, [fields]);
  return {
    catalog,
    record,
    change,
    drafts,
    fields,
    changed: [...fields.values()].filter((field) => field.changed),
    vanished,
    problem: problem ?? (changeQuery.error ? problemOf(changeQuery.error) : null),
    ready: (record !== undefined || read.isError) && changeQuery.isFetched,
  };
}

function sameState(a: FieldState, b: FieldState): boolean {
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

function fieldState(
  spec: FieldSpec,
  live: ShownValue,
  edit: ChangeField | undefined,
  draft: Draft | undefined,
): FieldState {
  const base = edit ? edit.base : live;
  const shown = edit ? edit.next : live;
  const text = draft ? draft.text : textOf(shown);
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
  if (spec.writeOnly) return draft.text !== '';
  if (spec.secret) return true;
  // A telephone number written otherwise is an edit, although the server may read it as the same.
  return spec.type === 'phone' ? textOf(base) !== draft.text : !sameValue(spec, textOf(base), draft.text);
}

function problemOfField(
  spec: FieldSpec,
  text: string,
  base: ShownValue,
  edit: ChangeField | undefined,
  draft: Draft | undefined,
): FieldProblem | null {
  // What can only be written and is not written is no edit, and nothing that is wrong.
  if (draft && spec.writeOnly && draft.text === '') return null;
  if (draft) return validateField(spec, text, spec.secret ? null : textOf(base));
  if (!edit) return null;
  // A sealed value was checked where it could be seen.
  if (spec.secret) return knownProblem(edit.problem);
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
