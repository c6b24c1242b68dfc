import type { BatchProblem, BatchStatus, BatchSummary } from '../../../shared/model/batch';

/** Which rows of a batch are looked at: all, those of one status, or those with one kind of problem. */
export type BatchFilter =
  | { readonly by: 'all' }
  | { readonly by: 'status'; readonly status: BatchStatus }
  | { readonly by: 'problem'; readonly problem: Pick<BatchProblem, 'field' | 'code'> };

export const allRows: BatchFilter = { by: 'all' };

/** How many rows a filter leaves. */
export function countOf(summary: BatchSummary, filter: BatchFilter): number {
  switch (filter.by) {
    case 'all':
      return summary.total;
    case 'status':
      return summary.counts[filter.status];
    case 'problem': {
      const { field, code } = filter.problem;
      return summary.problems.find((one) => one.field === field && one.code === code)?.rows ?? 0;
    }
  }
}

/** Two filters with the same key are the same. */
export function filterKey(filter: BatchFilter): string {
  switch (filter.by) {
    case 'all':
      return 'all';
    case 'status':
      return filter.status;
    case 'problem':
      return `${filter.problem.field ?? ''} ${filter.problem.code}`;
  }
}
