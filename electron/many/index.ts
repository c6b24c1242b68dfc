import type { ConnectionId } from '../../shared/model/connection';
import type { BulkParts } from './bulk';
import { Bulk } from './bulk';
import { Drafts, type DraftsParts } from './drafts';
import { Steps, type StepsParts } from './steps';

export type ManyParts = DraftsParts & StepsParts & Omit<BulkParts, 'drafts'>;

/** Bulk edits, from the rules that are typed to the step that is prepared. */
export function makeMany(parts: ManyParts) {
  const drafts = new Drafts(parts);
  const bulk = new Bulk({ ...parts, drafts });
  const steps = new Steps(parts);
  return {
    drafts,
    bulk,
    steps,
    /** Forgets what is held in memory of a connection that was removed. */
    forgetMany: (id: ConnectionId): void => {
      drafts.discard(id);
      bulk.forget(id);
    },
  };
}
