import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** An Electron and a display, for suites that open windows. */
const windows = './test/e2e/harness/machine.ts';

/** One project per suite, named as its folder. `npm test` runs them one after the other. */
export default defineConfig({
  test: {
    projects: [
      suite('unit', { testTimeout: 10_000 }),
      // Much of it waits for sockets and time-outs, so that a processor has room for more than one file.
      suite('integration', {
        testTimeout: 60_000,
        hookTimeout: 60_000,
        maxWorkers: Math.min(availableParallelism() + 1, 6),
      }),
      suite('security', { testTimeout: 60_000, hookTimeout: 60_000, globalSetup: windows }),
      // One long test a file: it starts and kills processes, and says what it needs itself.
      suite('crash', { testTimeout: 300_000, fileParallelism: false }),
      // Real windows: two files at once would slow each other until their time-outs mean nothing.
      suite('e2e', {
        testTimeout: 120_000,
        hookTimeout: 120_000,
        fileParallelism: false,
        globalSetup: windows,
      }),
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

function suite(name: string, options: Options) {
  return {
    test: {
      name,
      include: [`test/${name}/**/*.test.{ts,tsx}`],
      environment: 'node',
      pool: 'forks' as const,
      ...options,
    },
  };
}
