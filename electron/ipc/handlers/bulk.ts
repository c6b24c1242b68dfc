import { fieldSpec } from '../../../shared/catalog';
import type { Handlers } from '../../../shared/contract/contract';
import { fail } from '../../../shared/model/problem';
import type { HandlerParts } from './parts';
import { openTypedRule } from './rules';

/** Putting a bulk edit together, and working it out. */
export function bulkHandlers({ services, envelopes }: HandlerParts): Handlers['bulk'] {
  const { connections, drafts, bulk } = services;
  return {
    open: ({ records, sort, rules, ...of }) => drafts.open(connections.records(of), records, sort, rules),
    draft: (of) => drafts.get(connections.records(of)),
    fields: ({ job, ...of }) => bulk.fields(connections.records(of), job),
    setRule: async ({ field, rule, ...of }) => {
      const connection = connections.records(of);
      const spec = fieldSpec(connection, field) ?? fail('invalid-input', { field });
      const open = rule && (await openTypedRule(envelopes, spec, rule));
      return drafts.setRule(connection, field, open);
    },
    preview: ({ job, ...of }) => bulk.preview(connections.records(of), job),
    discard: (of) => drafts.discard(connections.records(of)),
  };
}
