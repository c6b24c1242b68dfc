import type { Handlers } from '../../../shared/contract/contract';
import { fail } from '../../../shared/model/problem';
import type { HandlerParts } from './index';

export function templateHandlers(_parts: HandlerParts): Handlers['templates'] {
  return {
    list: () => fail('internal'),
    create: () => fail('internal'),
    update: () => fail('internal'),
    setRule: () => fail('internal'),
    duplicate: () => fail('internal'),
    remove: () => fail('internal'),
    export: () => fail('internal'),
    import: () => fail('internal'),
  };
}
