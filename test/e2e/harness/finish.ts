import { onTestFinished } from 'vitest';

/**
 * Has something done when the present test ends. Outside a test (in `beforeAll`) vitest refuses that, and the caller does
 * it; the present test's name does not tell, for it stays that of the one before.
 * @returns whether there is a test
 */
export function whenTestEnds(end: Parameters<typeof onTestFinished>[0]): boolean {
  try {
    onTestFinished(end);
    return true;
  } catch {
    return false;
  }
}
