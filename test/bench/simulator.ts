import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';

export interface BenchServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** A simulated PBX in a process of its own, so that what is measured shares no thread with it. `delayMs`: each answer's. */
export async function simulatorProcess(size: number, delayMs: number): Promise<BenchServer> {
  const port = await freePort();
  const tsx = createRequire(__filename).resolve('tsx/cli');
  const cli = path.resolve(__dirname, '../simulators/cli.ts');
  const args = [tsx, cli, 'simotel', '--port', String(port), '--size', String(size)];
  const child = spawn(process.execPath, [...args, '--mode', `delayMs=${delayMs}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((settle) => child.once('exit', () => settle()));
  await new Promise<void>((settle, reject) => {
    child.stdout.on('data', (said: Buffer) => {
      if (said.toString().includes('Simotel')) settle();
    });
    child.once('exit', () => reject(new Error('the simulator ended')));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((settle, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? settle(address.port) : reject(address)));
    });
  });
}
