import { useQuery } from '@tanstack/react-query';
import type { Keeping } from '../../../shared/model/keeping';
import { ask, patchbay } from '../../program/bridge';
import { queryClient } from '../../program/queries';
import { useAction } from '../../ui/useAction';
import { useJob } from '../../ui/useJob';

const keepingKey = ['keeping', 'settings'] as const;
const backupsKey = ['keeping', 'backups'] as const;
const sizeKey = ['keeping', 'size'] as const;

/** How long and how much is kept; undefined while it is being asked for. */
export function useKeeping() {
  return useQuery({ queryKey: keepingKey, queryFn: () => ask(patchbay.keeping.get()) });
}

/** Changes parts of it. What is stored then is shown, also where that was cut to what is allowed. */
export function useSetKeeping() {
  return useAction({
    work: async (part: Partial<Keeping>) => {
      const before = await ask(patchbay.keeping.get());
      return ask(patchbay.keeping.set({ ...before, ...part }));
    },
    done: (stored) => {
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
  return useAction({
    work: () => ask(patchbay.keeping.backUp()),
    settled: () => queryClient.invalidateQueries({ queryKey: backupsKey }),
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

/** Moves entries from before a moment into a file that the person chooses. */
export function useArchive() {
  const { run, cancel, progress } = useJob();
  const action = useAction({
    work: (before: number) => run((job) => ask(patchbay.keeping.archive({ before, job }))),
    settled: () => queryClient.invalidateQueries({ queryKey: sizeKey }),
  });
  return { ...action, progress, cancel };
}
