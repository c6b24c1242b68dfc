import { create } from 'zustand';
import type { Step } from '../../../shared/model/batch';
import type { ConnectionId } from '../../../shared/model/connection';
import type { SheetSettings, SheetView } from '../../../shared/model/sheet';

/** A connection's open spreadsheet, as this window knows it. */
export interface SheetSession {
  readonly sheet: SheetView | null;
  /** As they are on the screen; the sheet's own until somebody changes something. */
  readonly settings: SheetSettings | null;
  /** Grows with everything that makes the preview another. */
  readonly revision: number;
  /** The settings are unfolded. */
  readonly unfolded: boolean;
  /** Null until it was prepared; its `step` is null where nothing was left to prepare. */
  readonly prepared: { readonly step: Step | null; readonly left: number } | null;
  /** What was set for the file before: a corrected one is taken in the same way. */
  readonly before: SheetSettings | null;
}

const fresh: SheetSession = {
  sheet: null,
  settings: null,
  revision: 0,
  unfolded: false,
  prepared: null,
  before: null,
};

const useSessions = create<{ readonly sessions: Readonly<Record<string, SheetSession>> }>(() => ({
  sessions: {},
}));

export function useSheetSession(connectionId: ConnectionId): SheetSession {
  return useSessions((state) => state.sessions[connectionId] ?? fresh);
}

export function sheetSession(connectionId: ConnectionId): SheetSession {
  return useSessions.getState().sessions[connectionId] ?? fresh;
}

/** Changes what is known of a connection's spreadsheet. */
export function changeSheet(
  connectionId: ConnectionId,
  change: Partial<SheetSession> | ((now: SheetSession) => Partial<SheetSession>),
): void {
  useSessions.setState(({ sessions }) => {
    const now = sessions[connectionId] ?? fresh;
    const next = typeof change === 'function' ? change(now) : change;
    return { sessions: { ...sessions, [connectionId]: { ...now, ...next } } };
  });
}

/** The sheet's result changed: it was read differently, or records changed. */
export function sheetChanged(connectionId: ConnectionId): void {
  changeSheet(connectionId, ({ revision }) => ({ revision: revision + 1 }));
}
