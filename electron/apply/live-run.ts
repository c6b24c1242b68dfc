import type { ChangeId } from '../../shared/model/change';
import type { ConnectionId } from '../../shared/model/connection';
import type { Run, RunHead, RunRow } from '../../shared/model/plan';
import type { StoredRun } from './run-store';
import { runHead } from './run-view';
import type { ServerRun } from './server-run';

// A person sees no difference below this, and a message for each step of each row would be most of the work.
const tellEveryMs = 60;

/** A run that goes on, with its servers and rows; tells its progress gathered. */
export class LiveRun {
  endedAt: number | null = null;
  readonly rows: Map<ChangeId, RunRow>;
  readonly servers = new Map<ConnectionId, ServerRun>();
  readonly #changed = new Set<ChangeId>();
  #timer: NodeJS.Timeout | null = null;

  constructor(
    readonly stored: StoredRun,
    rows: readonly RunRow[],
    private readonly progress: (head: RunHead, rows: readonly RunRow[]) => void,
  ) {
    this.rows = new Map(rows.map((row) => [row.changeId, row]));
  }

  get shown(): Run {
    return { ...runHead(this), rows: [...this.rows.values()] };
  }

  /** Notes a row's new state; it is told with the next progress. */
  put(row: RunRow): void {
    this.rows.set(row.changeId, row);
    this.#changed.add(row.changeId);
    this.tellSoon();
  }

  tellSoon(): void {
    this.#timer ??= setTimeout(() => this.tell(), tellEveryMs);
  }

  /** Tells the head and the rows that changed since the last time. */
  tell(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const rows = [...this.#changed].flatMap((id) => this.rows.get(id) ?? []);
    this.#changed.clear();
    try {
      this.progress(runHead(this), rows);
    } catch {
      // Progress is only shown: what becomes of a row must not depend on it.
    }
  }
}
