import { create } from 'zustand';
import { type ChangeId, changeIdSchema, type WorkOrderId } from '../../../shared/model/change';
import type { ConnectionId } from '../../../shared/model/connection';
import type { Plan, PlanRow, RunHead } from '../../../shared/model/plan';
import { fail, type Problem, problemOf } from '../../../shared/model/problem';
import { ask, patchbay } from '../../program/bridge';
import { cancelJob } from '../../program/jobs';
import { keepRun, loadRun, openRun, type RunView, runsKnown, useRuns } from './runs';

/*
 * Plans outlive the tab that shows them: a technician who looks at another tab meanwhile comes back to the same plan,
 * the same ticks, and the run as it stands. What a run does is in `runs.ts`.
 */

/** What a plan is about: one change, the changes of one connection, or all of a work order. */
export interface PlanScope {
  readonly workOrderId: WorkOrderId;
  readonly connectionId: ConnectionId | null;
  readonly changeId: string | null;
}

export interface PlanSession {
  readonly plan: Plan | null;
  /** The table's rows: the plan's, or what is known of them where only the run is. */
  readonly rows: readonly PlanRow[];
  /** Since when the servers are being read, null while nothing is read. Milliseconds since 1970. */
  readonly readingSince: number | null;
  /** The name under which the reading can be cancelled. */
  readonly job: string | null;
  /** Ready rows that the technician took out. */
  readonly unticked: ReadonlySet<string>;
  readonly runId: string | null;
  readonly starting: boolean;
  /** Conflicts are being settled. */
  readonly settling: boolean;
  readonly problem: Problem | null;
}

const fresh: PlanSession = {
  plan: null,
  rows: [],
  readingSince: null,
  job: null,
  unticked: new Set(),
  runId: null,
  starting: false,
  settling: false,
  problem: null,
};

interface PlanSessions {
  readonly sessions: Readonly<Record<string, PlanSession & { readonly scope: PlanScope }>>;
}

const usePlanSessions = create<PlanSessions>(() => ({ sessions: {} }));

function scopeKey({ workOrderId, connectionId, changeId }: PlanScope): string {
  return `${workOrderId} ${connectionId ?? ''} ${changeId ?? ''}`;
}

/** A scope's session as it stands. */
export function usePlanSession(scope: PlanScope): PlanSession {
  const key = scopeKey(scope);
  return usePlanSessions((state) => state.sessions[key] ?? fresh);
}

/** The same, to ask once. */
export function sessionOf(scope: PlanScope): PlanSession {
  return usePlanSessions.getState().sessions[scopeKey(scope)] ?? fresh;
}

/** Changes a scope's session. */
export function setSession(scope: PlanScope, next: Partial<PlanSession>): void {
  const session = { ...sessionOf(scope), scope, ...next };
  usePlanSessions.setState(({ sessions }) => ({ sessions: { ...sessions, [scopeKey(scope)]: session } }));
}

/** The scope whose plan shows a run, undefined where none does. */
export function scopeOfRun(runId: string): PlanScope | undefined {
  return Object.values(usePlanSessions.getState().sessions).find((session) => session.runId === runId)?.scope;
}

function runOf({ runId }: PlanSession): RunHead | undefined {
  return runId === null ? undefined : useRuns.getState().runs[runId]?.head;
}

/** Reads the servers again and plans anew; the plan shown stays in sight until the new one is there. */
export async function readPlan(scope: PlanScope): Promise<void> {
  const session = sessionOf(scope);
  const run = runOf(session);
  if (session.readingSince !== null || session.starting || run?.endedAt === null) return;
  const job = crypto.randomUUID();
  setSession(scope, { readingSince: Date.now(), job, problem: null });
  try {
    const changeId = scope.changeId === null ? null : changeIdSchema.parse(scope.changeId);
    const first = await ask(patchbay.plan.make({ ...scope, changeId, job }));
    const rows = await restOf(first, () => sessionOf(scope).job === job);
    setSession(scope, { plan: { ...first, rows }, rows, runId: null, readingSince: null, job: null });
  } catch (error) {
    const problem = problemOf(error);
    const cancelled = problem.code === 'cancelled';
    setSession(scope, { readingSince: null, job: null, problem: cancelled ? null : problem });
  }
}

// Rows in one answer: each has its request with it, and a large answer would hold the window up.
const rowsAtOnce = 100;

/** All rows of a plan. @throws ProblemError `cancelled` */
async function restOf(plan: Plan, wanted: () => boolean): Promise<PlanRow[]> {
  const rows = [...plan.rows];
  while (rows.length < plan.total) {
    if (!wanted()) fail('cancelled');
    const asked = { planId: plan.id, offset: rows.length, limit: rowsAtOnce };
    rows.push(...(await ask(patchbay.plan.rows(asked))));
  }
  return rows;
}

/** Ends the reading; the plan shown before stays. */
export function cancelReading(scope: PlanScope): void {
  const { job } = sessionOf(scope);
  if (job === null) return;
  setSession(scope, { job: null });
  cancelJob(job);
}

/** Takes rows into what will be written, or out of it. */
export function tickRows(scope: PlanScope, changeIds: readonly string[], ticked: boolean): void {
  const unticked = new Set(sessionOf(scope).unticked);
  for (const id of changeIds) {
    if (ticked) unticked.delete(id);
    else unticked.add(id);
  }
  setSession(scope, { unticked });
}

/** Says that a person has looked at what holds these rows back; they stand in the plan as they are then. */
export async function confirmRows(scope: PlanScope, changeIds: ChangeId[]): Promise<void> {
  const { plan } = sessionOf(scope);
  if (!plan) return;
  try {
    const confirmed = await ask(patchbay.plan.confirm({ planId: plan.id, changeIds }));
    const now = sessionOf(scope);
    // Read again meanwhile: those rows are not shown any more.
    if (now.plan?.id !== plan.id) return;
    const byId = new Map(confirmed.map((row) => [row.changeId, row]));
    const rows = now.plan.rows.map((row) => byId.get(row.changeId) ?? row);
    setSession(scope, { plan: { ...now.plan, rows }, rows, problem: null });
  } catch (error) {
    setSession(scope, { problem: problemOf(error) });
  }
}

/** Starts writing. What comes of it arrives as events. */
export async function startApply(scope: PlanScope, changeIds: ChangeId[]): Promise<void> {
  const { plan, starting } = sessionOf(scope);
  if (!plan || starting) return;
  const chosen = new Set(changeIds);
  const except = plan.rows.flatMap((row) =>
    row.status === 'ready' && !chosen.has(row.changeId) ? [row.changeId] : [],
  );
  // Whichever list is the shorter: one of 50,000 would be too large a message.
  const named = except.length < changeIds.length ? { except } : { changeIds };
  setSession(scope, { starting: true, problem: null });
  try {
    const run = await ask(patchbay.apply.start({ planId: plan.id, ...named }));
    // Events may have been quicker than the answer.
    if (!useRuns.getState().runs[run.id]) keepRun(run);
    setSession(scope, { starting: false, runId: run.id });
  } catch (error) {
    setSession(scope, { starting: false, problem: problemOf(error) });
  }
}

/** On coming to the tab: finds a run that goes on, or was cut off, in what it is about; else makes the plan. */
export async function comeToPlan(scope: PlanScope): Promise<void> {
  await runsKnown();
  const { plan, runId } = sessionOf(scope);
  if (runId !== null) return;
  const open = openRun();
  if (open && isAbout(scope, open) && scopeOfRun(open.head.id) === undefined) attachRun(scope, open);
  else if (plan === null) await readPlan(scope);
}

function isAbout(scope: PlanScope, { head, rows }: RunView): boolean {
  const inScope = [...rows.values()].every(
    (row) =>
      (scope.connectionId === null || row.connectionId === scope.connectionId) &&
      (scope.changeId === null || row.changeId === scope.changeId),
  );
  return head.workOrderId === scope.workOrderId && inScope;
}

/** Shows a run of which no plan is kept any more. */
export function attachRun(scope: PlanScope, run: RunView): void {
  setSession(scope, { plan: null, rows: [], runId: run.head.id, problem: null });
  void addRows(scope, run).catch((error: unknown) => setSession(scope, { problem: problemOf(error) }));
  void loadRun(run.head.id);
}

async function addRows(scope: PlanScope, { head: { id: runId }, rows }: RunView): Promise<void> {
  const ids = [...rows.values()].map(({ changeId }) => changeId);
  const found: PlanRow[] = [];
  for (let at = 0; at < ids.length && sessionOf(scope).runId === runId; at += rowsAtOnce) {
    const changeIds = ids.slice(at, at + rowsAtOnce);
    found.push(...(await ask(patchbay.apply.rows({ runId, changeIds }))));
    const shown = at === 0 || at + rowsAtOnce >= ids.length;
    if (shown && sessionOf(scope).runId === runId) setSession(scope, { rows: [...found] });
  }
}
