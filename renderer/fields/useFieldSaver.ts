import { useEffect, useMemo } from 'react';
import type { FieldSpec } from '../../shared/catalog';
import type { Problem } from '../../shared/model/problem';
import type { RecordRef } from '../program/record-query';
import { type Drafts, flushRecord, leaveField, leaveRecord, typeField } from './saver';

export type SaveState =
  | { readonly state: 'saving' }
  | { readonly state: 'saved' }
  | { readonly state: 'failed'; readonly problem: Problem | null };

/** How saving stands for a record as a whole. */
export function saveStateOf(drafts: Drafts): SaveState {
  const all = Object.values(drafts);
  const failed = all.find((draft) => draft.state === 'failed');
  if (failed) return { state: 'failed', problem: failed.problem };
  if (all.some((draft) => draft.state !== 'saved')) return { state: 'saving' };
  return { state: 'saved' };
}

export interface FieldSaver {
  type(spec: FieldSpec, text: string): void;
  leave(spec: FieldSpec): void;
  /** A control without typing in it (a switch, a list): saved at once. */
  choose(spec: FieldSpec, text: string): void;
  flush(): Promise<boolean>;
}

/** Saves what is typed into a record; whatever is unsaved when its editor goes away is saved then. */
export function useFieldSaver(record: RecordRef): FieldSaver {
  const saver = useMemo(
    (): FieldSaver => ({
      type: (spec, text) => typeField(record, spec, text),
      leave: (spec) => leaveField(record, spec.name),
      choose: (spec, text) => {
        typeField(record, spec, text);
        leaveField(record, spec.name);
      },
      flush: () => flushRecord(record),
    }),
    [record],
  );
  useEffect(() => {
    const hidden = () => {
      if (document.visibilityState === 'hidden') void flushRecord(record);
    };
    document.addEventListener('visibilitychange', hidden);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      leaveRecord(record);
    };
  }, [record]);
  return saver;
}
