import { searchFold } from '../../shared/lib/text';

/** Normalises a heading for comparison: without case, marks, and what separates its words. */
export function headingKey(title: string): string {
  return searchFold(title)
    .replace(/[\s_\-.:*()"'،؛]+/g, ' ')
    .trim();
}

// What forms say beside a heading.
const remark = /[([](?:required|mandatory|optional|الزامی|اجباری|ضروری|اختیاری)[)\]]/g;

/** A heading by its letters and digits alone, so that `ExtNo`, `ext_no` and `Ext. No.` are one. */
export function squeezedKey(title: string): string {
  return searchFold(title)
    .replace(remark, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
