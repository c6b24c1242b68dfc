import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { type Catalog, catalogOf } from '../../../shared/catalog';
import type { Change } from '../../../shared/model/change';
import { type Connection, recordsOf } from '../../../shared/model/connection';
import { type Problem, problemOf } from '../../../shared/model/problem';
import type { RecordView } from '../../../shared/model/record';
import { type FieldState, fieldState, sameState } from '../../fields/field-state';
import { type Drafts, useDrafts } from '../../fields/saver';
import { ask, patchbay } from '../../program/bridge';
import { keys } from '../../program/queries';
import { type RecordRef, recordQuery } from '../../program/record-query';

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
  const catalog = catalogOf(recordsOf(connection));
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
