import type { Kind } from '../../shared/catalog';

/** What every round edits in every record. */
export const editedFields: Readonly<Record<Kind, readonly string[]>> = {
  simotel: ['description', 'email'],
  edge: ['description', 'company'],
};

/** The value that a round wants in a field: another one in every round. */
export function nextValue(round: number, remoteId: string, field: string): string {
  const tail = remoteId.slice(-6);
  return field === 'email' ? `r${round}-${tail}@example.com` : `R${round} ${field} ${tail}`;
}
