import { fieldSpec } from '../../../shared/catalog';
import type { Handlers } from '../../../shared/contract/contract';
import { fail } from '../../../shared/model/problem';
import type { HandlerParts } from './index';
import { openTypedRule } from './rules';

/** Putting a bulk edit together, and working it out. */
export function bulkHandlers({ services, envelopes }: HandlerParts): Handlers['bulk'] {
  const { connections, drafts, bulk, changed } = services;
  return {
    open: async ({ connectionId, records, sort, rules }) => {
      const draft = await drafts.open(connections.get(connectionId), records, sort, rules);
      changed(['bulk'], connectionId);
      return draft;
    },
    draft: ({ connectionId }) => drafts.get(connections.get(connectionId)),
    fields: ({ connectionId, job }) => bulk.fields(connections.get(connectionId), job),
    setRule: async ({ connectionId, field, rule }) => {
      const connection = connections.get(connectionId);
      const spec = fieldSpec(connection.kind, field) ?? fail('invalid-input', { field });
      const open = rule && (await openTypedRule(envelopes, spec, rule));
      const draft = await drafts.setRule(connection, field, open);
      changed(['bulk'], connectionId);
      return draft;
    },
    preview: ({ connectionId, job }) => bulk.preview(connections.get(connectionId), job),
    discard: ({ connectionId }) => {
      drafts.discard(connectionId);
      changed(['bulk'], connectionId);
    },
  };
}
