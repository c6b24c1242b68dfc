import type { Handlers } from '../../../shared/contract/contract';
import { fail } from '../../../shared/model/problem';
import type { HandlerParts } from './index';

export function bulkHandlers(_parts: HandlerParts): Handlers['bulk'] {
  return {
    open: () => fail('internal'),
    draft: () => fail('internal'),
    fields: () => fail('internal'),
    setRule: () => fail('internal'),
    preview: () => fail('internal'),
    discard: () => fail('internal'),
  };
}
