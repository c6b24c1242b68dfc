import { fieldSpec } from '../../../shared/catalog';
import type { Handlers } from '../../../shared/contract/contract';
import { fail } from '../../../shared/model/problem';
import type { HandlerParts } from './index';
import type { TransferRequest } from './transfer';

/** Preparing edits. */
export function changeHandlers({ services, envelopes }: HandlerParts): Pick<Handlers, 'changes'> & {
  readonly workOrders: Omit<Handlers['workOrders'], TransferRequest>;
} {
  const { connections, changes, changeLists, directory, planner, workOrders, changed } = services;
  const told = <T>(result: T): T => {
    changed(['changes', 'workOrders']);
    return result;
  };
  return {
    changes: {
      list: ({ connectionId, workOrderId }) => changes.list(connectionId, workOrderId ?? null),
      counts: ({ workOrderId }) => changeLists.counts(workOrderId),
      page: async ({ workOrderId, connectionId, offset, limit }) => {
        const ids = await changeLists.ids(workOrderId, connectionId);
        return changes.some(ids.slice(offset, offset + limit));
      },
      ids: async ({ workOrderId, connectionId, offset, limit }) => {
        const ids = await changeLists.ids(workOrderId, connectionId);
        return ids.slice(offset, offset + limit);
      },
      edited: ({ records }) =>
        records.filter(({ connectionId, remoteId }) => changeLists.edits(connectionId, [remoteId]).size > 0),
      editedSince: ({ workOrderId, connectionId, changeId, moment }) =>
        changeLists.editedSince(workOrderId, connectionId, changeId, moment),
      secrets: ({ workOrderId }) => changeLists.secrets(workOrderId),
      get: ({ connectionId, remoteId }) => changes.get(connectionId, remoteId),
      setField: async ({ connectionId, remoteId, field, next }) => {
        const connection = connections.get(connectionId);
        // A secret crosses in an envelope or not at all; what came in clear would stand in traces of the messages.
        if (typeof next === 'string' && next !== '' && fieldSpec(connection.kind, field)?.secret)
          fail('invalid-input', { field, reason: 'in-clear' });
        const text = typeof next === 'string' ? next : await envelopes.open(next.envelope);
        const record = directory.stored(connection, remoteId)?.stored ?? null;
        const change = changes.setField(connection, remoteId, record, field, text);
        changed(['changes', 'workOrders'], connectionId);
        return change;
      },
      undoField: ({ connectionId, remoteId, field }) => {
        const change = changes.undoField(connectionId, remoteId, field);
        changed(['changes', 'workOrders'], connectionId);
        return change;
      },
      undoRecord: ({ connectionId, remoteId }) => {
        changes.undoRecord(connectionId, remoteId);
        changed(['changes', 'workOrders'], connectionId);
      },
      drop: ({ changeIds }) => {
        changes.drop(changeIds);
        changed(['changes', 'workOrders']);
      },
      settle: ({ planId, changeId, field, keep }) => {
        const row = planner.get(planId).rows.get(changeId) ?? fail('not-found', { what: 'change' });
        const live = row.comparison.fields.find((one) => one.field === field)?.live ?? null;
        const change = changes.settle(changeId, field, keep, live);
        changed(['changes', 'workOrders'], row.connection.id);
        return change;
      },
    },
    workOrders: {
      list: () => workOrders.list(),
      current: () => workOrders.current(),
      create: (draft) => told(workOrders.create(draft)),
      update: ({ workOrderId, draft }) => told(workOrders.update(workOrderId, draft)),
      makeCurrent: ({ workOrderId }) => told(workOrders.makeCurrent(workOrderId)),
      close: ({ workOrderId }) => told(workOrders.close(workOrderId)),
      move: ({ changeIds, to }) => {
        workOrders.move(changeIds, to);
        changed(['changes', 'workOrders']);
      },
      splitOff: ({ workOrderId }) => told(workOrders.splitOff(workOrderId)),
    },
  };
}
