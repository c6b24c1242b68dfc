import { create } from 'zustand';
import type { FieldSpec } from '../../shared/catalog';
import { seal } from '../../shared/lib/envelope';
import type { Change } from '../../shared/model/change';
import { Autosave, type Draft as DraftOf } from '../drafts/autosave';
import { storeAtEnd } from '../drafts/storing';
import { useAppInfo } from '../program/appInfo';
import { ask, patchbay } from '../program/bridge';
import { keys, queryClient } from '../program/queries';
import type { RecordRef } from '../program/record-query';

/*
 * Everything typed into an editor passes through here on its way to the main process. It lives outside of the
 * components, so that a tab that is closed or hidden while a save is under way loses nothing.
 */

interface Typed {
  readonly record: RecordRef;
  readonly field: string;
  readonly text: string;
  readonly secret: boolean;
}

export type Draft = DraftOf<Typed>;
export type Drafts = Readonly<Record<string, Draft>>;

const none: Drafts = {};

/** By record, by field. */
const useSaver = create<{ readonly drafts: Readonly<Record<string, Drafts>> }>(() => ({ drafts: {} }));

const recordKey = (record: RecordRef) => `${record.connectionId} ${record.remoteId}`;
const fieldKey = (record: RecordRef, field: string) => `${recordKey(record)}\u0000${field}`;

/** A field's name comes from the catalog, and holds no NUL. */
function partsOf(key: string): readonly [recordKey: string, field: string] {
  const at = key.lastIndexOf('\u0000');
  return [key.slice(0, at), key.slice(at + 1)];
}

/** Saves of one record never overtake each other, and the last answer is the newest. */
const autosave = new Autosave<Typed>({
  queueOf: (key) => partsOf(key)[0],
  store: (_, typed) => {
    const { record, field, text } = typed;
    const send = async (next: Parameters<typeof patchbay.changes.setField>[0]['next']) =>
      remember(record, await ask(patchbay.changes.setField({ ...record, field, next })));
    // A secret needs a moment to be sealed; it is on its way since its last key press.
    if (!typed.secret) return send(text);
    return seal(crypto, useAppInfo.getState().envelopeKey, text).then((envelope) => send({ envelope }));
  },
  changed: (key, draft) => {
    const [record, field] = partsOf(key);
    useSaver.setState(({ drafts }) => {
      const { [field]: _, ...others } = drafts[record] ?? none;
      const { [record]: __, ...records } = drafts;
      const mine = draft ? { ...others, [field]: draft } : others;
      return { drafts: Object.keys(mine).length > 0 ? { ...records, [record]: mine } : records };
    });
  },
});

storeAtEnd(autosave);

/** What is being typed into a record, by field. */
export function useDrafts(record: RecordRef): Drafts {
  return useSaver((state) => state.drafts[recordKey(record)] ?? none);
}

function keysOf(record: RecordRef): string[] {
  const fields = Object.keys(useSaver.getState().drafts[recordKey(record)] ?? none);
  return fields.map((field) => fieldKey(record, field));
}

/** Takes what was typed and saves it soon. */
export function typeField(record: RecordRef, spec: FieldSpec, text: string): void {
  const { name: field, secret = false } = spec;
  autosave.type(fieldKey(record, field), { record, field, text, secret });
}

/** The field is left: saves at once, and lets go of the text as soon as it is saved. */
export function leaveField(record: RecordRef, field: string): void {
  autosave.leave(fieldKey(record, field));
}

/**
 * Saves all that is typed into a record and not saved yet, what failed before too.
 * @returns whether everything is saved
 */
export function flushRecord(record: RecordRef): Promise<boolean> {
  return autosave.flush(keysOf(record));
}

/** Leaves all fields of a record: its editor is closed or hidden. */
export function leaveRecord(record: RecordRef): void {
  for (const key of keysOf(record)) autosave.leave(key);
}

/** Drops the edit of a field, what is being typed into it included. */
export function undoField(record: RecordRef, field: string): Promise<void> {
  const key = fieldKey(record, field);
  autosave.forget(key);
  return autosave.inTurn(recordKey(record), async () => {
    autosave.forget(key);
    remember(record, await ask(patchbay.changes.undoField({ ...record, field })));
  });
}

/** Drops all edits of a record. */
export function undoRecord(record: RecordRef): Promise<void> {
  return autosave.inTurn(recordKey(record), async () => {
    for (const key of keysOf(record)) autosave.forget(key);
    await ask(patchbay.changes.undoRecord({ ...record }));
    remember(record, null);
  });
}

/** Puts the change as the main process has it before the editors, without waiting for its event. */
function remember(record: RecordRef, change: Change | null): void {
  queryClient.setQueryData(keys.change(record.connectionId, record.remoteId), change);
}
