import type { ChangeId } from '../../../shared/model/change';
import type { PlanRow } from '../../../shared/model/plan';

/** Which conflicts of a plan: all, or those of a change, of a field, or of both. */
export interface Which {
  readonly changeId: ChangeId | null;
  readonly field: string | null;
}

export const everyConflict: Which = { changeId: null, field: null };

/** How many fields somebody changed on the server meanwhile. */
export function countConflicts(rows: readonly PlanRow[], { changeId, field }: Which = everyConflict): number {
  const within = rows.filter((row) =>
    changeId === null ? row.status === 'conflict' : row.changeId === changeId,
  );
  return within
    .flatMap(({ fields }) => fields)
    .filter((one) => one.verdict === 'conflict' && (field === null || one.field === field)).length;
}
