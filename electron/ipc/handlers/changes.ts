import { fieldSpec } from '../../../shared/catalog';
import type { Handlers } from '../../../shared/contract/contract';
import { fail } from '../../../shared/model/problem';
import type { HandlerParts } from './parts';
import type { TransferRequest } from './transfer';

/** Preparing edits. */
export function changeHandlers({ services, envelopes }: HandlerParts): Pick<Handlers, 'changes'> & {
  readonly workOrders: Omit<Handlers['workOrders'], TransferRequest>;
} {
  const { connections, changes, changeLists, directory, jobs, moving, planner, workOrders } = services;
  return {
    changes: {
      counts: ({ workOrderId }) => changeLists.counts(workOrderId),
      page: async ({ workOrderId, connectionId, offset, limit }) => {
        const ids = await changeLists.ids(workOrderId, connectionId);
        return changes.some(ids.slice(offset, offset + limit));
      },
      ids: async ({ workOrderId, connectionId, offset, limit }) => {
        const ids = await changeLists.ids(workOrderId, connectionId);
        return ids.slice(offset, offset + limit);
      },
      edited: ({ records }) => changeLists.edited(records),
      editedSince: ({ workOrderId, connectionId, changeId, moment }) =>
        changeLists.editedSince(workOrderId, connectionId, changeId, moment),
      secrets: ({ workOrderId }) => changeLists.secrets(workOrderId),
      get: ({ remoteId, ...of }) => changes.get(connections.records(of), remoteId),
      setField: async ({ remoteId, field, next, ...of }) => {
        const connection = connections.records(of);
        // A secret crosses in an envelope or not at all; what came in clear would stand in traces of the messages.
        if (typeof next === 'string' && next !== '' && fieldSpec(connection, field)?.secret)
          fail('invalid-input', { field, reason: 'in-clear' });
        const text = typeof next === 'string' ? next : await envelopes.open(next.envelope);
        const record = directory.stored(connection, remoteId)?.stored ?? null;
        return changes.setField(connection, remoteId, record, field, text);
      },
      undoField: ({ remoteId, field, ...of }) => changes.undoField(connections.records(of), remoteId, field),
      undoRecord: ({ remoteId, ...of }) => changes.undoRecord(connections.records(of), remoteId),
      drop: ({ changeIds }) => changes.drop(changeIds),
      settle: ({ planId, changeId, field, keep }) => {
        changes.settle(planner.conflicts(planId, changeId, field), keep);
      },
    },
    workOrders: {
      list: () => workOrders.list(),
      current: () => workOrders.current(),
      create: ({ takes, ...draft }) =>
        jobs.run({ kind: 'work-order' }, null, ({ signal }) => moving.create(draft, takes, signal)),
      update: ({ workOrderId, draft }) => workOrders.update(workOrderId, draft),
      makeCurrent: ({ workOrderId }) => workOrders.makeCurrent(workOrderId),
      close: ({ workOrderId }) => workOrders.close(workOrderId),
      move: ({ picked, to }) =>
        jobs.run({ kind: 'work-order' }, null, ({ signal }) => moving.move(picked, to, signal)),
      splitOff: ({ workOrderId }) => moving.splitOff(workOrderId),
    },
  };
}
