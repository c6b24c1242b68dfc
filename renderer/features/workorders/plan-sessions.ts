import { create } from 'zustand';
import { type ChangeId, changeIdSchema } from '../../../shared/model/change';
import type { ConnectionId } from '../../../shared/model/connection';
import type { JournalItem } from '../../../shared/model/journal';
import type { Outcome, Plan, Run, RunRow } from '../../../shared/model/plan';
import { fail, type Problem } from '../../../shared/model/problem';
import { ask, listen, patchbay, problemOf } from '../../bridge';

/*
 * Plans and their runs outlive the tab that shows them: a technician who looks at another tab meanwhile comes back
 * to the same plan, the same ticks, and the run as it stands.
 */

/** What a plan is about: one change, the changes of one connection, or all of the work order. */
export interface PlanScope {
  readonly connectionId: ConnectionId | null;
  readonly changeId: string | null;
}

export interface PlanSession {
  readonly plan: Plan | null;
  /** Since when the servers are being read, null while nothing is read. Milliseconds since 1970. */
  readonly readingSince: number | null;
  /** Ready rows that the technician took out. */
  readonly unticked: ReadonlySet<string>;
  readonly run: Run | null;
  readonly starting: boolean;
  /** Stopping was asked for; the row under way is finished first. */
  readonly stopping: boolean;
  /** Rows that are being decided by reading again. */
  readonly deciding: ReadonlySet<string>;
  readonly problem: Problem | null;
}

const fresh: PlanSession = {
  plan: null,
  readingSince: null,
  unticked: new Set(),
  run: null,
  starting: false,
  stopping: false,
  deciding: new Set(),
  problem: null,
};

interface PlanSessions {
  readonly sessions: Readonly<Record<string, PlanSession>>;
}

export const usePlanSessions = create<PlanSessions>(() => ({ sessions: {} }));

/** The key of a scope's session. */
export function scopeKey({ connectionId, changeId }: PlanScope): string {
  return `${connectionId ?? ''} ${changeId ?? ''}`;
}

/** A scope's session as it stands. */
export function usePlanSession(scope: PlanScope): PlanSession {
  const key = scopeKey(scope);
  return usePlanSessions((state) => state.sessions[key] ?? fresh);
}

function sessionOf(key: string): PlanSession {
  return usePlanSessions.getState().sessions[key] ?? fresh;
}

function set(key: string, next: Partial<PlanSession>): void {
  usePlanSessions.setState(({ sessions }) => ({
    sessions: { ...sessions, [key]: { ...(sessions[key] ?? fresh), ...next } },
  }));
}

/** Reads the servers again and plans anew; the plan shown stays in sight until the new one is there. */
export async function readPlan(scope: PlanScope): Promise<void> {
  const key = scopeKey(scope);
  const { readingSince, run, starting } = sessionOf(key);
  if (readingSince !== null || starting || (run && run.endedAt === null)) return;
  set(key, { readingSince: Date.now(), problem: null });
  try {
    const changeId = scope.changeId === null ? null : changeIdSchema.parse(scope.changeId);
    const plan = await ask(patchbay.plan.make({ connectionId: scope.connectionId, changeId }));
    set(key, { plan, run: null, stopping: false, readingSince: null });
  } catch (error) {
    set(key, { readingSince: null, problem: problemOf(error) });
  }
}

/** Takes rows into what will be written, or out of it. */
export function tickRows(scope: PlanScope, changeIds: readonly string[], ticked: boolean): void {
  const key = scopeKey(scope);
  const unticked = new Set(sessionOf(key).unticked);
  for (const id of changeIds) {
    if (ticked) unticked.delete(id);
    else unticked.add(id);
  }
  set(key, { unticked });
}

/** Starts writing. What comes of it arrives as events, and once more as the answer. */
export async function startApply(scope: PlanScope, changeIds: ChangeId[]): Promise<void> {
  const key = scopeKey(scope);
  const { plan, starting } = sessionOf(key);
  if (!plan || starting) return;
  followRuns();
  set(key, { starting: true, stopping: false, problem: null });
  try {
    const run = await ask(patchbay.apply.start({ planId: plan.id, changeIds }));
    // Events may have been quicker than the answer.
    const newer = sessionOf(key).run;
    set(key, { starting: false, run: newer?.id === run.id ? newer : run });
  } catch (error) {
    set(key, { starting: false, problem: problemOf(error) });
  }
}

/** Stops after the row that is under way. */
export async function cancelRun(scope: PlanScope): Promise<void> {
  const key = scopeKey(scope);
  const { run } = sessionOf(key);
  if (!run) return;
  set(key, { stopping: true });
  try {
    await ask(patchbay.apply.cancel({ runId: run.id }));
  } catch (error) {
    set(key, { stopping: false, problem: problemOf(error) });
  }
}

/** On coming to the tab: makes the plan where there is none, and brings a run up to date that went on meanwhile. */
export async function comeToPlan(scope: PlanScope): Promise<void> {
  if (sessionOf(scopeKey(scope)).plan === null) await readPlan(scope);
  else await catchUp(scope);
}

async function catchUp(scope: PlanScope): Promise<void> {
  const key = scopeKey(scope);
  const { run } = sessionOf(key);
  if (!run || run.endedAt !== null) return;
  try {
    const now = await ask(patchbay.apply.run({ runId: run.id }));
    if (now && sessionOf(key).run?.endedAt === null) set(key, { run: now });
  } catch (error) {
    set(key, { problem: problemOf(error) });
  }
}

/** Decides an `unknown` row: finds its entry in the journal, and has the record read again. */
export async function decideRow(scope: PlanScope, row: RunRow): Promise<void> {
  const key = scopeKey(scope);
  set(key, { deciding: new Set(sessionOf(key).deciding).add(row.changeId), problem: null });
  try {
    const { result } = await decided(row);
    const { run } = sessionOf(key);
    if (run && result) {
      const rows = run.rows.map((one) => (one.changeId === row.changeId ? { ...one, result } : one));
      set(key, { run: { ...run, rows } });
    }
  } catch (error) {
    set(key, { problem: problemOf(error) });
  }
  const deciding = new Set(sessionOf(key).deciding);
  deciding.delete(row.changeId);
  set(key, { deciding });
}

async function decided(row: RunRow): Promise<JournalItem> {
  const unknown = await newestWrite(row, 'unknown');
  if (unknown) return ask(patchbay.apply.resolve({ seq: unknown.seq }));
  // Somebody decided it from the history meanwhile.
  return (await newestWrite(row, null)) ?? fail('not-found', { what: 'entry' });
}

async function newestWrite(
  { connectionId, remoteId }: RunRow,
  outcome: Outcome | null,
): Promise<JournalItem | undefined> {
  const filter = { connectionId, remoteId, outcome, text: '' };
  const page = await ask(patchbay.journal.page({ ...filter, before: null, limit: 20 }));
  return page.items.find((item) => item.type === 'write');
}

let following = false;
const waitingRuns = new Map<string, Run>();
let drawing: ReturnType<typeof setTimeout> | undefined;
const drawEveryMs = 100;

/** Follows all runs; a fast server gets through many rows a second, more often than anybody can see. */
function followRuns(): void {
  if (following) return;
  following = true;
  listen('applyProgress', ({ run }) => {
    waitingRuns.set(run.planId, run);
    if (run.endedAt !== null) draw();
    else drawing ??= setTimeout(draw, drawEveryMs);
  });
}

function draw(): void {
  clearTimeout(drawing);
  drawing = undefined;
  for (const [key, session] of Object.entries(usePlanSessions.getState().sessions)) {
    const run = waitingRuns.get(session.plan?.id ?? '');
    if (run) set(key, { run: keepingRows(session.run, run) });
  }
  waitingRuns.clear();
}

/** The newer run with the older one's rows where they say the same, so that only what changed is drawn again. */
function keepingRows(older: Run | null, newer: Run): Run {
  if (older?.id !== newer.id) return newer;
  const kept = new Map(older.rows.map((row) => [row.changeId, row]));
  const rows = newer.rows.map((row) => {
    const old = kept.get(row.changeId);
    // A row that is done does not change any more.
    return old && old.state === row.state && (old.result === null) === (row.result === null) ? old : row;
  });
  return { ...newer, rows };
}
