import type { Handlers } from '../../../shared/contract/contract';
import type { JournalFilter } from '../../../shared/model/journal';
import type { History } from '../../journal/history';
import type { HandlerParts } from './parts';

/** The history: searched, compared, taken back, checked. */
export function journalHandlers({ services }: HandlerParts): Omit<Handlers['journal'], 'export'> {
  const { history, reverter, comparer, verifier } = services;
  /** The history, or the archive that the filter names. */
  const of = ({ archive }: JournalFilter): History =>
    archive === null ? history : services.keeping.archives.get(archive).history;
  return {
    page: ({ before, limit, ...filter }) => of(filter).page(filter, before, limit),
    count: (filter) => of(filter).count(filter),
    sites: () => history.sites(),
    item: ({ seq }) => history.item(seq),
    revert: ({ seq, fields }) => reverter.revert(seq, fields),
    revertWorkOrder: ({ workOrderId, into }) => reverter.revertWorkOrder(workOrderId, into),
    revertPreview: ({ of: what, offset, limit }) => reverter.preview(what, offset, limit),
    revertTo: ({ seq, side, into }) => reverter.revertTo(seq, side, into),
    compare: ({ from, to }) => ({ differences: comparer.compare(from, to) }),
    verify: ({ job }) => verifier.verify(job),
    accept: () => services.acceptHistory(),
  };
}
