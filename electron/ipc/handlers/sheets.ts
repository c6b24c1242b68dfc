import type { Handlers } from '../../../shared/contract/contract';
import { fail } from '../../../shared/model/problem';
import type { HandlerParts } from './index';

export function sheetHandlers(_parts: HandlerParts): Handlers['sheets'] {
  return {
    open: () => fail('internal'),
    paste: () => fail('internal'),
    view: () => fail('internal'),
    configure: () => fail('internal'),
    preview: () => fail('internal'),
    problems: () => fail('internal'),
    close: () => fail('internal'),
    export: () => fail('internal'),
  };
}
