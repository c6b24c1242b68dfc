import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { atEnd } from './endings';

/** Answers a request directly on the socket. */
export type Play = (socket: Socket) => void;

export interface Hostile {
  readonly url: string;
  /** Answers every reading this way from now on; null: forwards to the server behind it. */
  now(play: Play | null): void;
  /** Like `now`, but after the next write, which the server behind it carries out. */
  afterWrite(play: Play): void;
}

/** A compromised server: a front to a simulator that answers in its place on demand. */
export async function takenOver(behind: { readonly url: string }): Promise<Hostile> {
  let playing: Play | null = null;
  let later: Play | null = null;
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const isWrite = (request.url ?? '').endsWith('/update');
    if (playing && !isWrite) {
      // The rest of the request does not matter.
      request.resume();
      playing(request.socket);
      return;
    }
    handOn(behind.url, request, response, () => {
      if (!isWrite || !later) return;
      playing = later;
      later = null;
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    now: (play) => {
      playing = play;
      later = null;
    },
    afterWrite: (play) => {
      later = play;
    },
  };
}

function handOn(to: string, request: IncomingMessage, response: ServerResponse, answered: () => void): void {
  const { method, headers } = request;
  const forwarded = ask(`${to}${request.url}`, { method, headers }, (answer) => {
    answered();
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  forwarded.on('error', () => response.destroy());
  request.pipe(forwarded);
}

const json = { 'content-type': 'application/json' };

/** Sends a whole answer. */
export function answering(body: Buffer | string, headers: Record<string, string> = {}): Play {
  const bytes = Buffer.from(body as string);
  // The socket cannot be reused: Node's HTTP parser does not know what was written to it.
  const head = { ...json, 'content-length': String(bytes.length), connection: 'close', ...headers };
  return (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\n${lines(head)}\r\n`);
    socket.end(bytes);
  };
}

/** Sends an answer with an endless body: the same bytes repeatedly, as fast as possible or at an interval. */
export function endless(beginning: string, again: string, everyMs = 0): Play {
  const piece = chunk(again);
  return (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n');
    socket.write(chunk(beginning));
    const timer = setInterval(() => {
      if (socket.destroyed) clearInterval(timer);
      else if (socket.writableLength < 1_000_000) socket.write(piece);
    }, everyMs);
    socket.on('close', () => clearInterval(timer));
  };
}

/** Sends endless headers, before the answer or in it. */
export function flood(line: string, times: number): Play {
  return (socket) => {
    socket.write(line.startsWith('HTTP') ? '' : 'HTTP/1.1 200 OK\r\n');
    socket.write(line.repeat(times));
    const end = 'connection: close\r\ncontent-length: 2\r\n\r\n{}';
    socket.end(line.startsWith('HTTP') ? `HTTP/1.1 200 OK\r\n${end}` : end);
  };
}

function chunk(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

function lines(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}
