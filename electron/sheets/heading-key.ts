import { searchFold } from '../../shared/lib/text';

/** A heading as it is compared: without case, marks, and what stands between its words. */
export function headingKey(title: string): string {
  return searchFold(title)
    .replace(/[\s_\-.:*()"'،؛]+/g, ' ')
    .trim();
}
