import type { OfCollection } from '../../shared/catalog';
import { type ConnectionId, type RecordsOf, recordsOf } from '../../shared/model/connection';
import { fail } from '../../shared/model/problem';
import type { Changes } from '../changes/changes';
import { presentOne } from '../changes/present';
import { Steps, type StepsParts } from '../changes/steps';
import type { EditMoments } from '../time/edit-moments';
import { BatchBook } from './batch';
import { Bulk } from './bulk';
import type { CompareParts } from './compare';
import { alikeRecords } from './compare-alike';
import { Drafts, type DraftsParts } from './drafts';
import { Templates } from './templates';
import { type TemplateFrom, templateRulesFrom } from './templates-source';

export interface ManyParts
  extends Omit<DraftsParts, 'templates'>,
    Omit<StepsParts, 'batches' | 'changes'>,
    Omit<CompareParts, 'sealer' | 'changes'> {
  readonly changes: Changes;
  readonly moments: EditMoments;
}

/** Many records at once: bulk edits from the rules that are typed to the step that is prepared, templates, comparing. */
export function makeMany(parts: ManyParts) {
  const { database, sealer, connection, connections, stored } = parts;
  const batches = new BatchBook(parts.moments);
  const templates = new Templates(database, sealer);
  const drafts = new Drafts({ ...parts, templates });
  const bulk = new Bulk({ ...parts, drafts, batches });
  const comparing: CompareParts = parts;
  /** The same record on other servers of its kind. */
  const alike = async (of: RecordsOf, remoteId: string) => {
    const others = connections()
      .filter((one) => one.kind === of.kind && one.id !== of.id)
      .map((one) => recordsOf(one, of.collection));
    const record = stored(of, remoteId) ?? fail('not-found', { what: 'record', id: remoteId });
    return alikeRecords(database, others, of, record);
  };
  const templateParts = {
    connection,
    present: (of: RecordsOf, remoteId: string) => presentOne(comparing, of, remoteId),
    draftRules: (of: RecordsOf) =>
      drafts.openDraft(of).rules.map(({ spec, rule }) => ({ field: spec.name, rule })),
  };
  return {
    batches,
    templates,
    drafts,
    bulk,
    steps: new Steps({ ...parts, batches }),
    comparing,
    alike,
    templateSource: (of: OfCollection, from: TemplateFrom) => templateRulesFrom(templateParts, of, from),
    /** Forgets what is held in memory of a connection that was removed. */
    forgetMany: (id: ConnectionId): void => {
      drafts.forget(id);
      bulk.forget(id);
    },
  };
}
