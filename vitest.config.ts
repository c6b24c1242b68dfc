import { defineConfig } from 'vitest/config';

/** One project per suite, named as its folder. `npm test` runs them one after the other. */
export default defineConfig({
  test: {
    projects: [
      suite('unit', { testTimeout: 10_000 }),
      suite('integration', { testTimeout: 30_000, hookTimeout: 60_000 }),
      suite('security', { testTimeout: 60_000, hookTimeout: 60_000 }),
      // Real windows: two files at once would slow each other until their time-outs mean nothing.
      suite('e2e', { testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false }),
    ],
  },
});

function suite(
  name: string,
  options: { testTimeout: number; hookTimeout?: number; fileParallelism?: boolean },
) {
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
