import type { RecordsOf } from '../../shared/model/connection';
import { directoryName } from '../storage/owner';
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
  readonly #unreadable = new Set<string>();

  /** @param recount called once where windows that were given before may be counted wrong */
  constructor(
    private readonly windows: Windows,
    private readonly recount: (of: RecordsOf) => void,
  ) {}

  /** A window of what a query finds; null where that takes a grid. */
  at(
    of: RecordsOf,
    { text, sort, only, offset, limit }: GridQuery & { readonly offset: number; readonly limit: number },
  ): RowsWindow | null {
    if (text.trim() !== '' || sort !== null || only !== null || this.#unreadable.has(directoryName(of)))
      return null;
    const rows = this.windows.at(of, offset, limit);
    if (rows) return { total: this.windows.total(of), rows };
    this.#leave(of);
    return null;
  }

  /** Compares with how many records a grid could read. */
  check(of: RecordsOf, readable: number): void {
    if (readable !== this.windows.total(of)) this.#leave(of);
  }

  /** The directory was stored again. */
  renew(of: RecordsOf): void {
    this.#unreadable.delete(directoryName(of));
  }

  #leave(of: RecordsOf): void {
    const name = directoryName(of);
    if (this.#unreadable.has(name)) return;
    this.#unreadable.add(name);
    this.recount(of);
  }
}
