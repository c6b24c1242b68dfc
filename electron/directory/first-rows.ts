import type { ConnectionId } from '../../shared/model/connection';
import type { GridQuery } from './grid';
import type { StoredRecord } from './stored';
import type { Windows } from './windows';

export interface RowsWindow {
  readonly total: number;
  readonly rows: readonly StoredRecord[];
}

/**
 * Windows of whole directories in their servers' order, which need no grid. Where a record cannot be read the windows
 * would not meet: then the grid counts, which leaves such records out.
 */
export class FirstRows {
  readonly #unreadable = new Set<ConnectionId>();

  /** @param recount called once where windows that were given before may be counted wrong */
  constructor(
    private readonly windows: Windows,
    private readonly recount: (id: ConnectionId) => void,
  ) {}

  /** A window of what a query finds; null where that takes a grid. */
  at(
    id: ConnectionId,
    { text, sort, only, offset, limit }: GridQuery & { readonly offset: number; readonly limit: number },
  ): RowsWindow | null {
    if (text.trim() !== '' || sort !== null || only !== null || this.#unreadable.has(id)) return null;
    const rows = this.windows.at(id, offset, limit);
    if (rows) return { total: this.windows.total(id), rows };
    this.#leave(id);
    return null;
  }

  /** Compares with how many records a grid could read. */
  check(id: ConnectionId, readable: number): void {
    if (readable !== this.windows.total(id)) this.#leave(id);
  }

  /** The directory was stored again. */
  renew(id: ConnectionId): void {
    this.#unreadable.delete(id);
  }

  #leave(id: ConnectionId): void {
    if (this.#unreadable.has(id)) return;
    this.#unreadable.add(id);
    this.recount(id);
  }
}
