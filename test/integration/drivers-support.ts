import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcp, type Server, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import type { Driver, DriverContext, WriteAnswer } from '../../electron/drivers';
import { driverFor } from '../../electron/drivers';
import type { Kind } from '../../shared/catalog';
import { type Connection, connectionSchema } from '../../shared/model/connection';
import { type Problem, ProblemError } from '../../shared/model/problem';
import { demoEdgeAccount, demoSimotelAccount } from '../simulators';

const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Has something closed when the test is over. */
export function atEnd(end: () => unknown): void {
  endings.push(end);
}

export interface Bench {
  readonly driver: Driver;
  readonly context: DriverContext;
  readonly connection: Connection;
  readonly stop: AbortController;
}

export interface BenchOptions {
  readonly credentials?: Readonly<Record<string, string>>;
  readonly draft?: Partial<Connection>;
}

/** A driver with a connection to a server. */
export function bench(kind: Kind, url: string, { credentials, draft }: BenchOptions = {}): Bench {
  const connection = connectionSchema.parse({
    id: randomUUID(),
    kind,
    name: 'Bench',
    site: '',
    baseUrl: `${url}${kind === 'simotel' ? '/api/v4' : '/v1'}`,
    authMode: kind === 'simotel' ? 'basic' : 'token',
    timeoutMs: 20_000,
    writeMode: 'full',
    colour: 'blue',
    tag: '',
    certificate: null,
    createdAt: 0,
    updatedAt: 0,
    ...draft,
  });
  const stop = new AbortController();
  const driver = driverFor(kind);
  atEnd(() => driver.close(connection.id));
  const login = kind === 'simotel' ? { ...demoSimotelAccount } : { token: demoEdgeAccount.token };
  return {
    driver,
    connection,
    stop,
    context: { connection, credentials: credentials ?? login, signal: stop.signal },
  };
}

/** The problem that a piece of work ends with. Fails where it ends well. */
export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('it ended well');
}

/** Kind and code of a write's answer, in one word. */
export function gist(answer: WriteAnswer): string {
  return answer.kind === 'accepted' ? 'accepted' : `${answer.kind} ${answer.problem.code}`;
}

/** A small HTTP server for what the simulators do not play. */
export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  return open(createServer(handle));
}

/** A server of bare sockets. */
export async function listenTcp(handle: (socket: Socket) => void): Promise<string> {
  return open(createTcp(handle));
}

async function open(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}
