import type { JsonObject } from '../../shared/model/json';
import { fail, ProblemError } from '../../shared/model/problem';
import type { ReadProgress } from './driver';
import { asCount, asObject, asText, rowsOf } from './records';

/** Sizes to ask for, largest first; 1,000 is the documented maximum of one list (api note on Edge). */
const pageSizes = [1_000, 100, 10] as const;

/** No tenant is so large: a list that never ends is the server's mistake. */
const mostPages = 20_000;

export interface PageRequest {
  readonly page: number;
  readonly perPage: number;
}

export interface Paged {
  readonly rows: readonly JsonObject[];
  /** Whether every byte of every page was understood. */
  readonly exact: boolean;
}

type Fetch = (page: PageRequest) => Promise<{ readonly answer: JsonObject; readonly exact: boolean }>;

/**
 * Reads a list page by page, whatever page size the server grants: it may cut `per_page` down, or refuse it. Ends by
 * what the server's `meta` says, by an empty page, or by the same page again (a server that ignores `page` would never
 * end). Rows that move between pages meanwhile are read twice and kept once; where fewer came than the server
 * counts, one more reading fills the gaps.
 * @param idField tells rows apart
 * @param enough ends the reading early, after any page
 */
export async function readPages(
  fetch: Fetch,
  idField: string,
  onProgress: ReadProgress,
  enough: (rows: ReadonlyMap<string, JsonObject>) => boolean = () => false,
): Promise<Paged> {
  const rows = new Map<string, JsonObject>();
  const first = await firstPage(fetch);
  let exact = true;
  let total: number | null = null;
  for (let pass = 0; pass < 2; pass += 1) {
    let before = '';
    for (let page = 1; page <= mostPages; page += 1) {
      const given = page === 1 && pass === 0 ? first : await fetch({ page, perPage: first.perPage });
      exact &&= given.exact;
      const list = rowsOf(given.answer.data, idField);
      if (!list) return fail('unexpected-answer', { reason: 'no-list' });
      const keys = keep(rows, list, idField);
      const meta = asObject(given.answer.meta);
      total = asCount(meta?.total) ?? total;
      onProgress(rows.size, total);
      const last = asCount(meta?.last_page);
      if (list.length === 0 || (last !== null && page >= last) || enough(rows)) break;
      if (keys === before) {
        if (total !== null && rows.size < total) return fail('unexpected-answer', { reason: 'paging' });
        return { rows: [...rows.values()], exact };
      }
      before = keys;
    }
    if (total === null || rows.size >= total || enough(rows)) break;
  }
  if (rows.size === 0 && total !== null && total > 0) fail('unexpected-answer', { reason: 'no-list' });
  return { rows: [...rows.values()], exact };
}

/** The first page, in the largest size that the server does not refuse. */
async function firstPage(fetch: Fetch) {
  for (const perPage of pageSizes) {
    try {
      return { ...(await fetch({ page: 1, perPage })), perPage };
    } catch (error) {
      const refused =
        error instanceof ProblemError && ['field-errors', 'rejected'].includes(error.problem.code);
      if (!refused || perPage === pageSizes.at(-1)) throw error;
    }
  }
  return fail('unexpected-answer', { reason: 'no-list' });
}

/** Keeps a page's rows by id (without one: as they are), a later reading over an earlier one; returns the page's ids. */
function keep(rows: Map<string, JsonObject>, list: readonly JsonObject[], idField: string): string {
  const keys = list.map((row) => asText(row[idField]) ?? `\u0000${JSON.stringify(row)}`);
  list.forEach((row, index) => {
    rows.set(keys[index] ?? '', row);
  });
  return keys.join('\n');
}
