import { useMutation, useQuery } from '@tanstack/react-query';
import type { Keeping } from '../../../shared/model/journal';
import { ask, listen, patchbay } from '../../bridge';
import { queryClient } from '../../queries';

const keepingKey = ['keeping', 'settings'] as const;
const backupsKey = ['keeping', 'backups'] as const;
const sizeKey = ['keeping', 'size'] as const;

/** How long and how much is kept; undefined while it is being asked for. */
export function useKeeping() {
  return useQuery({ queryKey: keepingKey, queryFn: () => ask(patchbay.keeping.get()) });
}

/** Changes parts of it. What is stored then is shown, also where that was cut to what is allowed. */
export function useSetKeeping() {
  return useMutation({
    mutationFn: async (part: Partial<Keeping>) => {
      const before = await ask(patchbay.keeping.get());
      return ask(patchbay.keeping.set({ ...before, ...part }));
    },
    onSuccess: (stored) => {
      queryClient.setQueryData(keepingKey, stored);
      // Fewer may be kept now.
      void queryClient.invalidateQueries({ queryKey: backupsKey });
    },
  });
}

/** The backups there are, newest first. */
export function useBackups() {
  return useQuery({
    queryKey: backupsKey,
    queryFn: async () => (await ask(patchbay.keeping.backups())).sort((a, b) => b.at - a.at),
    // One is taken every day, without a word.
    refetchOnMount: 'always',
  });
}

/** Makes a backup now. */
export function useBackUp() {
  return useMutation({
    mutationFn: () => ask(patchbay.keeping.backUp()),
    onSettled: () => queryClient.invalidateQueries({ queryKey: backupsKey }),
  });
}

/** How much of the disk the database takes, measured whenever it comes into view: everything makes it grow. */
export function useDatabaseSize() {
  return useQuery({
    queryKey: sizeKey,
    queryFn: () => ask(patchbay.keeping.size()),
    refetchOnMount: 'always',
  });
}

/** How far an archive is: its entries, then giving their room back. */
export interface ArchiveProgress {
  readonly what: 'archive' | 'room';
  readonly done: number;
  readonly total: number | null;
}

/** Moves entries from before a moment into a file that the person chooses. */
export function useArchive(told: (progress: ArchiveProgress | null) => void) {
  return useMutation({
    mutationFn: async (before: number) => {
      told(null);
      const stop = listen('journalProgress', ({ what, done, total }) => {
        if (what === 'archive' || what === 'room') told({ what, done, total });
      });
      try {
        return await ask(patchbay.keeping.archive({ before }));
      } finally {
        stop();
      }
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: sizeKey }),
  });
}
