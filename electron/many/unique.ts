import type { FieldValue } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import type { BatchProblem } from '../../shared/model/batch';
import type { Present } from '../changes/present';
import type { GridEntry } from '../directory/entries';
import type { Turn } from '../jobs/jobs';
import { inTurns } from '../jobs/turns';
import type { BatchEdit } from './batch';

/** A row while it is worked out. */
export interface DraftRow {
  readonly remoteId: string;
  readonly title: string;
  readonly missing: boolean;
  readonly edits: readonly BatchEdit[];
  readonly problems: BatchProblem[];
}

/**
 * Marks the rows that would give two records the same value in a field that no two may share: with another row, or with
 * a record that keeps its own. A row that is marked keeps its value, which may be one that another row was to get.
 */
export async function markCollisions(
  spec: FieldSpec,
  rows: readonly DraftRow[],
  entries: readonly GridEntry[],
  present: Present,
  turn: Turn,
): Promise<void> {
  const wanted = new Map<string, { readonly row: DraftRow; readonly edit: BatchEdit }>();
  for (const row of rows) {
    const edit = row.edits.find(({ field }) => field === spec.name);
    if (edit && row.problems.length === 0) wanted.set(row.remoteId, { row, edit });
  }
  const holders = new Map<string, string[]>();
  const hold = (value: FieldValue | undefined, remoteId: string): string | null => {
    if (!value) return null;
    const held = holders.get(value);
    if (held) held.push(remoteId);
    else holders.set(value, [remoteId]);
    return value;
  };
  const pace = { tick: () => turn.tick(rows.length) };
  await inTurns(entries, pace, ({ remoteId, stored }) => {
    const edit = wanted.get(remoteId)?.edit;
    hold(edit ? edit.to : present.value(spec, remoteId, stored), remoteId);
  });
  const doubled = [...holders].filter(([, ids]) => ids.length > 1).map(([value]) => value);
  for (let value = doubled.pop(); value !== undefined; value = doubled.pop()) {
    const ids = holders.get(value) ?? [];
    if (ids.length < 2) continue;
    holders.set(
      value,
      ids.filter((id) => !wanted.has(id)),
    );
    for (const id of ids) {
      const found = wanted.get(id);
      if (!found) continue;
      wanted.delete(id);
      found.row.problems.push({ field: spec.name, code: 'reason.not-unique', detail: value.slice(0, 400) });
      const kept = hold(found.edit.from, id);
      if (kept !== null) doubled.push(kept);
    }
  }
}
