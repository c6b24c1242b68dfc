import { sameLoosely } from '../../shared/catalog/compare';
import type { JsonObject } from '../../shared/model/json';
import { fail, ProblemError } from '../../shared/model/problem';
import type { ReadProgress } from './driver';
import { mostRecords } from './large';
import { asCount, asObject, asText, rowsOf } from './records';

/** Sizes to ask for, largest first; 1,000 is the documented maximum of one list (api note on Edge). */
const pageSizes = [1_000, 100, 10] as const;

/*
 * Limits for all pages together; no tenant comes near them. A list that never ends is the server's mistake, or
 * malicious.
 */
const mostPages = 20_000;
const mostBytes = 128 * 1_048_576;
const longestMs = 30 * 60_000;
/** The number of consecutive pages without anything new. Few rows move in between, and a looping list never ends. */
const mostStale = 5;

export interface PageRequest {
  readonly page: number;
  readonly perPage: number;
}

export interface Paged {
  readonly rows: readonly JsonObject[];
  /** Whether every byte of every page was valid. */
  readonly exact: boolean;
}

type Fetch = (
  page: PageRequest,
) => Promise<{ readonly answer: JsonObject; readonly exact: boolean; readonly bytes: number }>;

/**
 * Reads a list page by page, whatever page size the server grants: it may reduce `per_page`, or refuse it. Ends when
 * the server's `meta` says so, at an empty page, or at a repeated page (a server that ignores `page` would never
 * end). Rows that move between pages are read twice and kept once; if fewer came than the server counts, one more
 * reading fills the gaps.
 * @param idField identifies rows
 * @param enough ends the reading early, after any page
 * @throws ProblemError `too-large` if the pages have no end, `unexpected-answer` if they loop
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
  const bounds = { pages: mostPages, bytes: mostBytes, until: performance.now() + longestMs };
  for (let pass = 0; pass < 2; pass += 1) {
    let before = '';
    let page = 1;
    let stale = 0;
    for (; ; page += 1) {
      const given = page === 1 && pass === 0 ? first : await fetch({ page, perPage: first.perPage });
      bounds.bytes -= given.bytes;
      if (
        page > bounds.pages ||
        bounds.bytes < 0 ||
        rows.size > mostRecords ||
        performance.now() > bounds.until
      )
        return fail('too-large', { megabytes: mostBytes / 1_048_576, reason: 'pages' });
      exact &&= given.exact;
      const had = rows.size;
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
      stale = rows.size === had ? stale + 1 : 0;
      // A second reading finds mostly known rows.
      if (pass === 0 && stale > mostStale) return fail('unexpected-answer', { reason: 'paging' });
    }
    // It has as many pages as the first, or a few more.
    bounds.pages = page + mostStale;
    bounds.bytes = mostBytes;
    if (total === null || rows.size >= total || enough(rows)) break;
  }
  if (rows.size === 0 && total !== null && total > 0) fail('unexpected-answer', { reason: 'no-list' });
  return { rows: [...rows.values()], exact };
}

/** Reads the first page, in the largest size that the server accepts. */
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

/**
 * Stores a page's rows by id (without an id: unchanged), later pages over earlier ones; returns the page's ids. Rows
 * that differ under one id on the same page are two records: both are kept, under separate keys.
 */
function keep(rows: Map<string, JsonObject>, list: readonly JsonObject[], idField: string): string {
  const onPage = new Map<string, JsonObject>();
  for (const row of list) {
    const id = asText(row[idField]) ?? `\u0000${JSON.stringify(row)}`;
    const other = onPage.get(id);
    onPage.set(other && !sameLoosely(other, row) ? `${id}\u0000${JSON.stringify(row)}` : id, row);
  }
  for (const [key, row] of onPage) rows.set(key, row);
  return [...onPage.keys()].join('\n');
}
