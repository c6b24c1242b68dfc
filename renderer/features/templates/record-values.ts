import type { ComparedItem } from '../../../shared/model/many';
import type { ShownValue } from '../../../shared/model/record';
import { useComparison } from '../../program/comparison';

/** One record's title and values as they will be: as prepared, else as last read. */
export function useRecordValues(record: ComparedItem): {
  readonly title: string;
  readonly shownValue: (field: string) => ShownValue | undefined;
} {
  const { data } = useComparison([record]);
  const values = new Map(data?.fields.map(({ field, values: [first] }) => [field, first?.value]));
  return { title: data?.items[0]?.title ?? '', shownValue: (field) => values.get(field) };
}
