import type { Handlers } from '../../../shared/contract/contract';
import { fail } from '../../../shared/model/problem';
import type { HandlerParts } from './index';

export function stepHandlers(_parts: HandlerParts): Handlers['steps'] {
  return {
    list: () => fail('internal'),
    undo: () => fail('internal'),
  };
}
