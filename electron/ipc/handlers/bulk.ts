import { fieldSpec } from '../../../shared/catalog';
import type { Handlers } from '../../../shared/contract/contract';
import { fail } from '../../../shared/model/problem';
import type { HandlerParts } from './parts';
import { openTypedRule } from './rules';

/** Putting a bulk edit together, and working it out. */
export function bulkHandlers({ services, envelopes }: HandlerParts): Handlers['bulk'] {
  const { connections, drafts, bulk } = services;
  return {
    open: ({ connectionId, records, sort, rules }) =>
      drafts.open(connections.get(connectionId), records, sort, rules),
    draft: ({ connectionId }) => drafts.get(connections.get(connectionId)),
    fields: ({ connectionId, job }) => bulk.fields(connections.get(connectionId), job),
    setRule: async ({ connectionId, field, rule }) => {
      const connection = connections.get(connectionId);
      const spec = fieldSpec(connection.kind, field) ?? fail('invalid-input', { field });
      const open = rule && (await openTypedRule(envelopes, spec, rule));
      return drafts.setRule(connection, field, open);
    },
    preview: ({ connectionId, job }) => bulk.preview(connections.get(connectionId), job),
    discard: ({ connectionId }) => drafts.discard(connectionId),
  };
}
