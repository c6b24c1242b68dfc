import type { Handlers } from '../../../shared/contract/contract';
import { fail, ProblemError } from '../../../shared/model/problem';
import type { HandlerParts } from './parts';

/** How long and how much is kept, backups and going back to one. */
export function keepingHandlers({ services, app }: HandlerParts): Handlers['keeping'] {
  const { settings, backups, archive, archives, room, forgetOld } = services.keeping;
  return {
    get: () => settings.load(),
    set: (keeping) => {
      const saved = settings.save(keeping);
      // A shorter time counts from now on and not from the next hour.
      forgetOld();
      return saved;
    },
    backups: () => backups.list(),
    backUp: () => backups.make('hand'),
    restore: async ({ name }) => {
      const idle = (): void => {
        if (services.runs.busy) fail('busy', { name: 'apply' });
      };
      idle();
      await backups.prepareRestore(name);
      try {
        // Preparing takes a while, in which a run can have begun.
        idle();
      } catch (error) {
        await backups.forgetRestore();
        throw error;
      }
      app.restart();
    },
    check: () => backups.check(),
    size: () => room.size(),
    archive: async ({ before, job }) => {
      // Measured before the person is asked where: where nothing may go there is nothing to ask.
      if (archive.upTo(before) === 0)
        return { result: archive.hasBefore(before) ? 'held-back' : 'none-that-old' };
      const day = new Date(before).toISOString().slice(0, 10);
      const path = await app.files.askSave(`patchbay-history-before-${day}.db`, 'archive');
      if (path === null) return { result: 'no-file' };
      if (services.runs.busy) fail('busy', { name: 'apply' });
      try {
        const done = await archive.write(path, archive.upTo(before), job);
        return { result: 'archived', saved: path, ...done };
      } catch (error) {
        // Whoever stopped it needs no problem told of it.
        if (error instanceof ProblemError && error.problem.code === 'cancelled') return { result: 'stopped' };
        throw error;
      }
    },
    openArchive: async () => {
      const path = await app.files.askOpen('archive');
      return path === null ? null : archives.open(path);
    },
    closeArchive: () => archives.close(),
    verifyArchive: ({ archive: token, job }) => archives.get(token).verifier.verify(job),
  };
}
