import { create } from 'zustand';
import type { BulkRule } from '../../shared/bulk/rule';
import type { Step } from '../../shared/model/batch';
import type { ConnectionId } from '../../shared/model/connection';

/** What has become of a bulk edit that was prepared. */
export interface Prepared {
  /** Null where nothing was left to prepare. */
  readonly step: Step | null;
  /** Rows that were read or edited meanwhile, and left alone. */
  readonly left: number;
}

export interface BulkSession {
  /** Grows with everything that makes the fields and the preview others. */
  readonly revision: number;
  /** Grows with everything that makes the fields others: the records, and what is prepared of them. */
  readonly records: number;
  readonly prepared: Prepared | null;
  /** Fields in which something stands that is not stored (yet). */
  readonly unsaved: readonly string[];
  /** Rules that were chosen and say nothing yet, by field: kept here alone, since nothing of them is to be stored. */
  readonly offered: Readonly<Record<string, BulkRule>>;
  /** Grows with every edit that begins in the place of another. */
  readonly begun: number;
}

const fresh: BulkSession = { revision: 0, records: 0, prepared: null, unsaved: [], offered: {}, begun: 0 };

const useSessions = create<{ readonly sessions: Readonly<Record<string, BulkSession>> }>(() => ({
  sessions: {},
}));

/** The bulk edit of a connection as this window knows it beside what is stored. */
export function useBulkSession(connectionId: ConnectionId): BulkSession {
  return useSessions((state) => state.sessions[connectionId] ?? fresh);
}

export function bulkSession(connectionId: ConnectionId): BulkSession {
  return useSessions.getState().sessions[connectionId] ?? fresh;
}

function change(connectionId: ConnectionId, next: (now: BulkSession) => BulkSession): void {
  useSessions.setState(({ sessions }) => ({
    sessions: { ...sessions, [connectionId]: next(sessions[connectionId] ?? fresh) },
  }));
}

/** A rule is another: what it comes to is to be worked out again, and what was prepared is over. */
export function ruleChanged(connectionId: ConnectionId): void {
  change(connectionId, (now) => ({ ...now, revision: now.revision + 1, prepared: null }));
}

/** The records, or what is prepared of them, are others. */
export function recordsChanged(connectionId: ConnectionId): void {
  change(connectionId, (now) => ({ ...now, revision: now.revision + 1, records: now.records + 1 }));
}

/** Notes what was prepared; null goes back to the edit. */
export function setPrepared(connectionId: ConnectionId, prepared: Prepared | null): void {
  change(connectionId, (now) => ({ ...now, prepared }));
}

/** Another edit takes the place of this one: what was chosen and not said in it is over. */
export function editBegan(connectionId: ConnectionId): void {
  change(connectionId, (now) => ({ ...now, offered: {}, begun: now.begun + 1 }));
}

/** Notes the rule that is shown for a field and says nothing yet, so that it is there again when its page is. */
export function setOffered(connectionId: ConnectionId, field: string, rule: BulkRule | null): void {
  const { [field]: had, ...others } = bulkSession(connectionId).offered;
  if ((had ?? null) === rule) return;
  change(connectionId, (now) => ({ ...now, offered: rule ? { ...others, [field]: rule } : others }));
}

/** Notes whether what stands in a field is stored: until it is, what was worked out is out of date. */
export function setUnsaved(connectionId: ConnectionId, field: string, unsaved: boolean): void {
  change(connectionId, (now) => {
    const others = now.unsaved.filter((one) => one !== field);
    return { ...now, unsaved: unsaved ? [...others, field] : others };
  });
}
