import { create } from 'zustand';
import type { FieldSpec } from '../../../shared/catalog';
import { seal } from '../../../shared/lib/envelope';
import type { Change } from '../../../shared/model/change';
import type { ConnectionId } from '../../../shared/model/connection';
import type { Problem } from '../../../shared/model/problem';
import { ask, patchbay, problemOf } from '../../bridge';
import { keys, queryClient } from '../../queries';
import { useAppInfo } from '../shell/appInfo';
import { beforeClosing } from '../shell/closing';

/*
 * Everything typed into an editor passes through here on its way to the main process. It lives outside of the
 * components, so that a tab that is closed or hidden while a save is under way loses nothing.
 */

/** Which record is edited. */
export interface RecordRef {
  readonly connectionId: ConnectionId;
  readonly remoteId: string;
}

/** What stands in a field that is being typed in, or that could not be saved. */
export interface Draft {
  readonly text: string;
  readonly secret: boolean;
  readonly state: 'typed' | 'saving' | 'saved' | 'failed';
  /** Somebody is still in the field: what it shows is his, not the store's. */
  readonly held: boolean;
  readonly problem: Problem | null;
}

export type Drafts = Readonly<Record<string, Draft>>;

const saveAfterMs = 150;
const none: Drafts = {};

const useSaver = create<{ readonly drafts: Readonly<Record<string, Drafts>> }>(() => ({ drafts: {} }));
const timers = new Map<string, ReturnType<typeof setTimeout>>();
/** One queue a record: saves of one record never overtake each other, and the last answer is the newest. */
const queues = new Map<string, Promise<void>>();

/** The records that were typed in, by key. */
const records = new Map<string, RecordRef>();

const recordKey = (record: RecordRef) => `${record.connectionId} ${record.remoteId}`;
const fieldKey = (record: RecordRef, field: string) => `${recordKey(record)} ${field}`;

/** What is being typed into a record, by field. */
export function useDrafts(record: RecordRef): Drafts {
  return useSaver((state) => state.drafts[recordKey(record)] ?? none);
}

function draftsOf(record: RecordRef): Drafts {
  return useSaver.getState().drafts[recordKey(record)] ?? none;
}

function setDraft(record: RecordRef, field: string, draft: Draft | null): void {
  useSaver.setState(({ drafts }) => {
    const { [field]: _, ...others } = drafts[recordKey(record)] ?? none;
    const { [recordKey(record)]: __, ...records } = drafts;
    const mine = draft ? { ...others, [field]: draft } : others;
    return { drafts: Object.keys(mine).length > 0 ? { ...records, [recordKey(record)]: mine } : records };
  });
}

/** Takes what was typed and saves it soon. */
export function typeField(record: RecordRef, spec: FieldSpec, text: string): void {
  records.set(recordKey(record), record);
  setDraft(record, spec.name, {
    text,
    secret: spec.secret === true,
    state: 'typed',
    held: true,
    problem: null,
  });
  const key = fieldKey(record, spec.name);
  // A save that is due is not put off by the next letter: somebody may type for minutes without a pause.
  if (timers.has(key)) return;
  timers.set(
    key,
    setTimeout(() => void save(record, spec.name), saveAfterMs),
  );
}

/** The field is left: saves at once, and lets go of the text as soon as it is saved. */
export function leaveField(record: RecordRef, field: string): void {
  const draft = draftsOf(record)[field];
  if (!draft) return;
  if (draft.state === 'saved') {
    setDraft(record, field, null);
    return;
  }
  setDraft(record, field, { ...draft, held: false });
  if (draft.state !== 'failed') void save(record, field);
}

/**
 * Saves all that is typed into a record and not saved yet, what failed before too.
 * @returns whether everything is saved
 */
export async function flushRecord(record: RecordRef): Promise<boolean> {
  const waiting = Object.entries(draftsOf(record)).filter(([, draft]) => draft.state !== 'saved');
  await Promise.all(waiting.map(([field]) => save(record, field)));
  return Object.values(draftsOf(record)).every((draft) => draft.state === 'saved');
}

/** Leaves all fields of a record: its editor is closed or hidden. */
export function leaveRecord(record: RecordRef): void {
  for (const field of Object.keys(draftsOf(record))) leaveField(record, field);
}

/** Drops the edit of a field, what is being typed into it included. */
export function undoField(record: RecordRef, field: string): Promise<void> {
  forget(record, field);
  return inTurn(record, async () => {
    forget(record, field);
    remember(record, await ask(patchbay.changes.undoField({ ...record, field })));
  });
}

/** Drops all edits of a record. */
export function undoRecord(record: RecordRef): Promise<void> {
  return inTurn(record, async () => {
    for (const field of Object.keys(draftsOf(record))) forget(record, field);
    await ask(patchbay.changes.undoRecord({ ...record }));
    remember(record, null);
  });
}

function forget(record: RecordRef, field: string): void {
  stopTimer(record, field);
  setDraft(record, field, null);
}

/** Puts the change as the main process has it before the editors, without waiting for its event. */
function remember(record: RecordRef, change: Change | null): void {
  queryClient.setQueryData(keys.change(record.connectionId, record.remoteId), change);
}

function stopTimer(record: RecordRef, field: string): void {
  clearTimeout(timers.get(fieldKey(record, field)));
  timers.delete(fieldKey(record, field));
}

function save(record: RecordRef, field: string): Promise<void> {
  stopTimer(record, field);
  return inTurn(record, () => saveNow(record, field));
}

async function saveNow(record: RecordRef, field: string): Promise<void> {
  const draft = draftsOf(record)[field];
  if (!draft || draft.state === 'saved') return;
  setDraft(record, field, { ...draft, state: 'saving', problem: null });
  try {
    const next = draft.secret
      ? { envelope: await seal(crypto, useAppInfo.getState().envelopeKey, draft.text) }
      : draft.text;
    remember(record, await ask(patchbay.changes.setField({ ...record, field, next })));
    settle(record, field, draft.text, { state: 'saved', problem: null });
  } catch (error) {
    settle(record, field, draft.text, { state: 'failed', problem: problemOf(error) });
  }
}

/** Notes how a save went, unless something else has been typed meanwhile: that has its own save coming. */
function settle(record: RecordRef, field: string, text: string, end: Pick<Draft, 'state' | 'problem'>): void {
  const draft = draftsOf(record)[field];
  if (!draft || draft.text !== text || draft.state !== 'saving') return;
  setDraft(record, field, end.state === 'saved' && !draft.held ? null : { ...draft, ...end });
}

function inTurn(record: RecordRef, work: () => Promise<void>): Promise<void> {
  const key = recordKey(record);
  const mine = (queues.get(key) ?? Promise.resolve()).then(work);
  // A failure is its asker's; the next in the queue goes on all the same.
  queues.set(
    key,
    mine.catch(() => undefined),
  );
  return mine;
}

/**
 * The window goes away: whatever is typed leaves now, past the queue, for there is no later. A secret needs a moment
 * to be sealed; it is on its way since its last key press.
 */
function sendAll(): void {
  for (const [key, drafts] of Object.entries(useSaver.getState().drafts)) {
    const record = records.get(key);
    if (!record) continue;
    for (const [field, draft] of Object.entries(drafts)) {
      if (draft.state === 'saved') continue;
      if (draft.secret) void save(record, field);
      else void patchbay.changes.setField({ ...record, field, next: draft.text });
    }
  }
}

window.addEventListener('beforeunload', sendAll);

// A window that is closed by hand waits for this first.
beforeClosing(() => Promise.all([...records.values()].map(flushRecord)));
