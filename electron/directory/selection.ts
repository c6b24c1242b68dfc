import type { CollectionId } from '../../shared/catalog';
import type { ConnectionId, RecordsOf } from '../../shared/model/connection';
import type { SelectAction, SelectionCount } from '../../shared/model/many';

/** What the grid shows now, in its order. */
type Shown = readonly { readonly remoteId: string }[];

/** Which records of each directory are selected. In memory only: what is done with a selection keeps its own list. */
export class Selections {
  readonly #selected = new Map<ConnectionId, Map<CollectionId, ReadonlySet<string>>>();

  of({ id, collection }: RecordsOf): ReadonlySet<string> {
    return this.#selected.get(id)?.get(collection) ?? new Set();
  }

  /** Does what was asked to what is shown. Records that are selected and not shown stay selected, but for `none`. */
  change(of: RecordsOf, shown: Shown, action: SelectAction): SelectionCount {
    const selected = new Set(this.of(of));
    const set = (remoteId: string, on: boolean): void => {
      if (on) selected.add(remoteId);
      else selected.delete(remoteId);
    };
    switch (action.do) {
      case 'toggle':
        set(action.remoteId, !selected.has(action.remoteId));
        break;
      case 'only':
        selected.clear();
        selected.add(action.remoteId);
        break;
      case 'range': {
        const [first, last] = [Math.min(action.from, action.to), Math.max(action.from, action.to)];
        for (const { remoteId } of shown.slice(first, last + 1)) set(remoteId, action.selected);
        break;
      }
      case 'all':
        for (const { remoteId } of shown) selected.add(remoteId);
        break;
      case 'invert':
        for (const { remoteId } of shown) set(remoteId, !selected.has(remoteId));
        break;
      case 'none':
        selected.clear();
    }
    this.#set(of, selected);
    return this.count(of, shown);
  }

  count(of: RecordsOf, shown: Shown): SelectionCount {
    const selected = this.of(of);
    if (selected.size === 0) return { count: 0, shown: 0 };
    let seen = 0;
    for (const { remoteId } of shown) if (selected.has(remoteId)) seen += 1;
    return { count: selected.size, shown: seen };
  }

  /** Drops what the last sync did not find. */
  keepOnly(of: RecordsOf, there: ReadonlySet<string>): void {
    this.#set(of, both(this.of(of), there));
  }

  forget(connectionId: ConnectionId): void {
    this.#selected.delete(connectionId);
  }

  #set({ id, collection }: RecordsOf, selected: ReadonlySet<string>): void {
    this.#selected.set(id, new Map([...(this.#selected.get(id) ?? []), [collection, selected]]));
  }
}

/** The intersection of two sets of ids; the first if there is no second. */
export function both<T>(some: ReadonlySet<T>, others: ReadonlySet<T> | null): ReadonlySet<T> {
  return others ? new Set([...some].filter((id) => others.has(id))) : some;
}
