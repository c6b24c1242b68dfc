import type { Handlers } from '../../../shared/contract/contract';
import { fail } from '../../../shared/model/problem';
import type { HandlerParts } from './index';

export function compareHandlers(_parts: HandlerParts): Handlers['compare'] {
  return {
    records: () => fail('internal'),
    alike: () => fail('internal'),
  };
}
