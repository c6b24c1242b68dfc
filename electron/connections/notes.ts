import { type Connection, type Move, noConnection } from '../../shared/model/connection';
import type { WorkOrders } from '../changes/work-orders';
import { workOrderLabel } from '../changes/work-orders';
import type { Journal } from '../journal/journal';
import type { AuthoritiesParts } from './authorities';

export interface NotesParts {
  readonly journal: Pick<Journal, 'note'>;
  readonly workOrders: Pick<WorkOrders, 'current'>;
  readonly actor: string;
}

/** Journals the user's decisions about where credentials go and whom to trust. */
export function connectionNotes({ journal, workOrders, actor }: NotesParts) {
  const noteAuthority: AuthoritiesParts['note'] = (note, { subject, fingerprint }) => {
    const about = { connectionName: '', site: '', kind: null, workOrder: '', actor };
    const nowhere = { connectionId: noConnection, remoteId: '', title: '', workOrderId: null };
    journal.note(nowhere, { note, ...about, authority: { subject, fingerprint } });
  };
  /** Journals that the user let a connection's kept credentials go to another place. */
  const noteMove = (of: Connection, move: Move): void => {
    const { name: connectionName, site, kind } = of;
    const workOrder = workOrderLabel(workOrders.current());
    journal.note(
      { connectionId: of.id, remoteId: '', title: connectionName, workOrderId: null },
      { note: 'credential-moved', connectionName, site, kind, workOrder, actor, ...move },
    );
  };
  return { noteAuthority, noteMove };
}
