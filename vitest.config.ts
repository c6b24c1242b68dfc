import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * How long a state is waited for before it counts as not coming. Waiting ends as soon as it is there, so that this only
 * has to be long enough for a machine that does four other things.
 */
const waitMs = 60_000;

/** An Electron and a display, for suites that open windows. */
const windows = './test/e2e/harness/machine.ts';

const suites = ['unit', 'integration', 'security', 'crash', 'chromium', 'e2e', 'packaged'] as const;

/** One project per suite, named as its folder. They run one after the other, by `npm test` and by hand. */
export default defineConfig({
  test: {
    projects: [
      // Each takes a moment; on a busy machine a file that is written and read again takes its time.
      suite('unit', { testTimeout: 120_000, hookTimeout: 120_000 }),
      // Much of it waits for sockets and time-outs, so that a processor has room for more than one file.
      suite('integration', {
        testTimeout: 240_000,
        hookTimeout: 240_000,
        maxWorkers: Math.min(availableParallelism() + 1, 6),
      }),
      suite('security', { testTimeout: 240_000, hookTimeout: 240_000, globalSetup: windows }),
      // One long test a file: it starts and kills processes, and says what it needs itself.
      suite('crash', { testTimeout: 900_000, fileParallelism: false }),
      // The built page in the system's own Chromium.
      suite('chromium', { testTimeout: 360_000, hookTimeout: 120_000, fileParallelism: false }),
      // Real windows: two files at once would slow each other until their time-outs mean nothing.
      suite('e2e', {
        testTimeout: 360_000,
        hookTimeout: 360_000,
        fileParallelism: false,
        globalSetup: windows,
      }),
      // As these, and on the package: it is made and unpacked by scripts/lib/packaged.mjs.
      suite('packaged', { testTimeout: 360_000, hookTimeout: 360_000, fileParallelism: false }),
    ],
  },
});

interface Options {
  testTimeout: number;
  hookTimeout?: number;
  fileParallelism?: boolean;
  maxWorkers?: number;
  globalSetup?: string;
}

function suite(name: (typeof suites)[number], options: Options) {
  return {
    test: {
      name,
      include: [`test/${name}/**/*.test.{ts,tsx}`],
      environment: 'node',
      pool: 'forks' as const,
      sequence: { groupOrder: suites.indexOf(name) },
      expect: { poll: { timeout: waitMs } },
      ...options,
    },
  };
}
