import type { Handlers } from '../../../shared/contract/contract';
import type { JournalFilter, RevertReport } from '../../../shared/model/journal';
import type { History } from '../../journal/history';
import type { HandlerParts } from './index';

/** The history: searched, compared, taken back, checked. */
export function journalHandlers({ services }: HandlerParts): Omit<Handlers['journal'], 'export' | 'stop'> {
  const { history, reverter, comparer, verifier, changed } = services;
  const told = (report: RevertReport): RevertReport => {
    changed(['changes', 'workOrders']);
    return report;
  };
  /** The history, or the archive that the filter names. */
  const of = ({ archive }: JournalFilter): History =>
    archive === null ? history : services.keeping.archives.get(archive).history;
  return {
    page: ({ before, limit, ...filter }) => of(filter).page(filter, before, limit),
    count: (filter) => of(filter).count(filter),
    sites: () => history.sites(),
    item: ({ seq }) => history.item(seq),
    revert: ({ seq, fields }) => told(reverter.revert(seq, fields)),
    revertWorkOrder: ({ workOrderId }) => told(reverter.revertWorkOrder(workOrderId)),
    revertTo: ({ seq, side }) => told(reverter.revertTo(seq, side)),
    compare: ({ from, to }) => ({ differences: comparer.compare(from, to) }),
    verify: () => verifier.verify(),
  };
}
