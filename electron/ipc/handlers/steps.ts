import type { Handlers } from '../../../shared/contract/contract';
import type { HandlerParts } from './parts';

/** What was prepared in one step, and taking it back. */
export function stepHandlers({ services: { steps } }: HandlerParts): Handlers['steps'] {
  return {
    list: ({ workOrderId }) => steps.list(workOrderId),
    undo: ({ stepId, job }) => steps.undo(stepId, job),
  };
}
