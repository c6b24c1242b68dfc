import type { Handlers } from '../../../shared/contract/contract';
import { ProblemError } from '../../../shared/model/problem';
import type { HandlerParts } from './parts';

/** Exports of the history. */
export function exportHandlers({
  services: { historyExport, keeping },
  app: { files },
}: HandlerParts): Pick<Handlers['journal'], 'export'> {
  return {
    export: async ({ job, ...request }) => {
      const { archive } = request.filter;
      const from = archive === null ? historyExport : keeping.archives.get(archive).historyExport;
      const day = new Date().toISOString().slice(0, 10);
      const path = await files.askSave(`patchbay-history-${day}.${request.format}`, request.format);
      if (path === null) return { saved: null, entries: 0 };
      try {
        return { saved: path, entries: await from.write(path, request, job) };
      } catch (error) {
        // Whoever stopped it needs no notice of it.
        if (error instanceof ProblemError && error.problem.code === 'cancelled')
          return { saved: null, entries: 0 };
        throw error;
      }
    },
  };
}
