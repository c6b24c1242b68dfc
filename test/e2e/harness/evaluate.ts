import { setTimeout as sleep } from 'node:timers/promises';
import type { ElectronApplication } from 'playwright-core';

const tries = 20;
/** The collector may be at work for a while: asking again at once lost five answers in a row. */
const restMs = 100;

/**
 * Lets what is evaluated in the main process be evaluated again where its answer was lost: the debugger holds the
 * answer's promise weakly, and a program that has nothing to do may collect it before it is told of (Electron 33 and
 * later). So what tests evaluate there must do no harm a second time.
 */
export function evaluateAgain(app: ElectronApplication): void {
  const once = app.evaluate;
  app.evaluate = async (...args: Parameters<typeof once>) => {
    for (let left = tries; ; left -= 1) {
      try {
        return await once.apply(app, args);
      } catch (error) {
        if (left <= 1 || !String(error).includes('promise was garbage collected')) throw error;
        await sleep(restMs);
      }
    }
  };
}
