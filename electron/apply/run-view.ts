import type { ConnectionId } from '../../shared/model/connection';
import type { Run, RunHead, RunRow, RunServer } from '../../shared/model/plan';
import { problem } from '../../shared/model/problem';
import { shownResult } from '../journal/shown';
import type { EngineRow, JudgedRow } from './row-writer';
import type { StoredRun, StoredRunRow } from './run-store';
import type { ServerRun } from './server-run';

/** What a run's head is made of. */
interface RunNow {
  readonly stored: StoredRun;
  readonly endedAt: number | null;
  readonly servers: ReadonlyMap<ConnectionId, ServerRun>;
}

/** Returns a run that no longer goes on, as the store has it. */
export function storedRun(stored: StoredRun, rows: readonly StoredRunRow[]): Run {
  const servers = [...new Set(rows.map((row) => row.connectionId))].map((connectionId): RunServer => {
    const done = rows.every((row) => row.connectionId !== connectionId || row.state === 'done');
    const why = done ? null : problem('interrupted');
    return { connectionId, state: done ? 'done' : 'interrupted', problem: why, resumesAt: null };
  });
  const { id, workOrderId, startedAt, endedAt } = stored;
  return { id, workOrderId, startedAt, endedAt, servers, rows: rows.map((row) => storedRow(row)) };
}

/** Returns a row as the store has it. */
export function storedRow(row: StoredRunRow): RunRow {
  const { changeId, connectionId, collection, remoteId, title, outcome, result } = row;
  const shown = outcome && result ? { outcome, ...shownResult(result) } : null;
  return {
    changeId,
    connectionId,
    ...(collection ? { collection } : {}),
    remoteId,
    title,
    state: row.state === 'done' ? 'done' : 'waiting',
    result: shown,
  };
}

/** Whether a row has begun and has no outcome yet. */
export function underWay({ state }: RunRow): boolean {
  return state !== 'waiting' && state !== 'done';
}

/** Returns a row that has not begun. */
export function waiting(row: EngineRow): RunRow {
  const { id, connectionId, collection, remoteId, title } = row.change;
  return { changeId: id, connectionId, collection, remoteId, title, state: 'waiting', result: null };
}

/** Returns an outcome as the window may see it. */
export function shownJudged({ outcome, result }: JudgedRow) {
  return { outcome, ...shownResult(result) };
}

/** Returns a run without its rows. */
export function runHead({ stored, endedAt, servers }: RunNow): RunHead {
  const { id, workOrderId, startedAt } = stored;
  return {
    id,
    workOrderId,
    startedAt,
    endedAt,
    servers: [...servers].map(([connectionId, server]) => serverState(connectionId, server)),
  };
}

function serverState(connectionId: ConnectionId, server: ServerRun): RunServer {
  const { halt } = server.gate;
  if (server.ended) {
    return {
      connectionId,
      state: server.stopped ? 'stopped' : 'done',
      problem: server.stopped,
      resumesAt: null,
    };
  }
  if (!halt) return { connectionId, state: 'running', problem: null, resumesAt: null };
  return {
    connectionId,
    state: halt.kind,
    problem: halt.problem,
    resumesAt: halt.kind === 'waiting' ? halt.until : null,
  };
}
