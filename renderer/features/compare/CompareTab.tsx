import type { ComparedItem } from '../../../shared/model/many';

export function CompareTab({ items, index }: { items: readonly ComparedItem[]; index: number }) {
  return <p>{items.length + index}</p>;
}
