import { keychainReady } from './messages';
import type { WorkerProcess } from './transport';

/** How starting a worker ended: it accepts requests, it ended before that, or it did not start in time. */
export type Start = 'up' | 'ended' | 'not-up';

export interface StartedWorker extends WorkerProcess {
  /** Settles once, and never rejects. Requests and their time-outs begin when it is `up`. */
  readonly up: Promise<Start>;
}

/**
 * Starts a worker and reports when it has loaded keytar and listens. On a busy machine that alone can take longer
 * than an open keychain's answer, so it has its own limit.
 */
export function startWorker(spawn: () => WorkerProcess, startMs: number): StartedWorker {
  const worker = spawn();
  const up = new Promise<Start>((settle) => {
    const timer = setTimeout(() => settle('not-up'), startMs);
    const end = (start: Start) => {
      clearTimeout(timer);
      settle(start);
    };
    worker.onMessage((message) => {
      if (keychainReady.safeParse(message).success) end('up');
    });
    worker.onExit(() => end('ended'));
  });
  return { ...worker, up };
}
