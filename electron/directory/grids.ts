import type { StoredRecord } from './store';

type Build<T> = (signal: AbortSignal) => Promise<T>;

/** What is made of all records of a directory, and takes one that was read again. */
interface Made {
  refresh(record: StoredRecord): void;
}

interface Building<T> {
  readonly grid: Promise<T>;
  readonly abort: AbortController;
  /** Records that were read again while the grid was built, when they may have been in it already. */
  readonly late: StoredRecord[];
}

/** The grids in memory, by their directories' names. Each is built once, however many ask for it in the meantime. */
export class Grids<T extends Made> {
  readonly #ready = new Map<string, T>();
  readonly #building = new Map<string, Building<T>>();
  readonly #idle = new Map<string, NodeJS.Timeout>();

  /** @param idleMs after which one is given up that nobody asked for; it is built again when somebody does */
  constructor(private readonly idleMs: number | null = null) {}

  /** Returns the grid of a directory; builds it if needed. */
  async of(id: string, build: Build<T>): Promise<T> {
    for (;;) {
      this.#usedNow(id);
      const ready = this.#ready.get(id);
      if (ready) return ready;
      const building = this.#building.get(id) ?? this.#begin(id, build);
      try {
        const grid = await building.grid;
        if (!building.abort.signal.aborted) return grid;
      } catch (error) {
        // The directory was stored again while this grid was being built: ask for the new one.
        if (!building.abort.signal.aborted) throw error;
      }
    }
  }

  /** Rebuilds a grid. The old one is shown until the new one is ready; if there is none, none is built. */
  async renew(id: string, build: Build<T>): Promise<void> {
    this.#stop(id);
    if (!this.#ready.has(id)) return;
    const { grid, abort } = this.#begin(id, build);
    try {
      await grid;
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    }
  }

  /** One that is ready; null where it is not. */
  ready(id: string): T | null {
    return this.#ready.get(id) ?? null;
  }

  /** Whether there is one, or one is being built. */
  has(id: string): boolean {
    return this.#ready.has(id) || this.#building.has(id);
  }

  refresh(id: string, record: StoredRecord): void {
    this.#building.get(id)?.late.push(record);
    this.#ready.get(id)?.refresh(record);
  }

  /** Forgets those that are meant; all where left out. */
  forget(isMeant: (id: string) => boolean = () => true): void {
    for (const id of [...this.#ready.keys(), ...this.#building.keys()].filter(isMeant)) {
      clearTimeout(this.#idle.get(id));
      this.#idle.delete(id);
      this.#stop(id);
      this.#ready.delete(id);
    }
  }

  #usedNow(id: string): void {
    if (this.idleMs === null) return;
    clearTimeout(this.#idle.get(id));
    this.#idle.set(id, setTimeout(() => this.forget((one) => one === id), this.idleMs).unref());
  }

  #begin(id: string, build: Build<T>): Building<T> {
    const abort = new AbortController();
    const late: StoredRecord[] = [];
    const building: Building<T> = {
      abort,
      late,
      grid: build(abort.signal).then(
        (grid) => {
          for (const record of late) grid.refresh(record);
          if (this.#building.get(id) === building) {
            this.#building.delete(id);
            this.#ready.set(id, grid);
          }
          return grid;
        },
        (error: unknown) => {
          if (this.#building.get(id) === building) this.#building.delete(id);
          throw error;
        },
      ),
    };
    building.grid.catch(() => undefined);
    this.#building.set(id, building);
    return building;
  }

  #stop(id: string): void {
    this.#building.get(id)?.abort.abort();
    this.#building.delete(id);
  }
}
