import type { Handlers } from '../../../shared/contract/contract';
import type { HandlerParts } from './parts';

/** Looking at what a bulk edit or a spreadsheet comes to, and preparing it. */
export function batchHandlers({ services: { batches, steps } }: HandlerParts): Handlers['batches'] {
  return {
    rows: ({ batchId, ...wanted }) => batches.rows(batchId, wanted),
    prepare: ({ batchId, job }) => steps.prepare(batchId, job),
  };
}
