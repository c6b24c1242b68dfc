/**
 * The worker's process as the client sees it. In the program it is an Electron utility process, in plain tests a
 * forked Node: both are described by shape, so that this folder needs neither.
 */
export interface WorkerProcess {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}

interface UtilityProcessLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  kill(): boolean;
}

/** Wraps what `utilityProcess.fork` returned. */
export function overUtilityProcess(child: UtilityProcessLike): WorkerProcess {
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill(),
  };
}

interface ChildProcessLike {
  send(message: object): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit' | 'error', listener: () => void): unknown;
  kill(signal: 'SIGKILL'): boolean;
}

/** Wraps what `child_process.fork` returned. */
export function overChildProcess(child: ChildProcessLike): WorkerProcess {
  return {
    send: (message) => void child.send(Object(message)),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      child.on('exit', listener);
      child.on('error', listener);
    },
    // A thread inside libsecret keeps Node from ending on any gentler signal.
    kill: () => void child.kill('SIGKILL'),
  };
}
