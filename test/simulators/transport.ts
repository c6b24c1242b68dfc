import { readFileSync } from 'node:fs';
import {
  createServer as createHttp,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/**
 * `first` and `second` are checked-in self-signed certificates, for simulating a changed one. `signed` is by
 * `authority`, `below` by `intermediate` and that one by `authority`, `misnamed` by `authority` for another name.
 */
export type TlsChoice = 'none' | 'first' | 'second' | 'signed' | 'below' | 'misnamed';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A listener that can be closed and opened again on the same port, and that closes at once. */
export class Listener {
  private server: Server | undefined;
  private closing: Promise<void> = Promise.resolve();
  private readonly sockets = new Set<Socket>();
  port: number;

  constructor(
    private readonly handler: Handler,
    readonly host: string,
    port: number,
    public tls: TlsChoice,
    /** Handles CONNECT; by default nothing does. */
    private readonly tunnel?: (request: IncomingMessage, socket: Socket) => void,
  ) {
    this.port = port;
  }

  get url(): string {
    const host = this.host.includes(':') ? `[${this.host}]` : this.host;
    return `${this.tls === 'none' ? 'http' : 'https'}://${host}:${this.port}`;
  }

  /** Opens the port; the first time with port 0 the system chooses one, which is kept. */
  async open(): Promise<void> {
    await this.closing;
    if (this.server) return;
    const server =
      this.tls === 'none' ? createHttp(this.handler) : createHttps(readPair(this.tls), this.handler);
    server.requestTimeout = 0;
    if (this.tunnel) server.on('connect', this.tunnel);
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, this.host, resolve);
    });
    const address: AddressInfo | string | null = server.address();
    if (address === null || typeof address === 'string') throw new Error('the listener has no port');
    this.port = address.port;
  }

  /** Closes the port and destroys every open socket at once. */
  async close(): Promise<void> {
    const server = this.server;
    if (!server) return this.closing;
    this.server = undefined;
    this.closing = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await this.closing;
  }
}

/** PEM text of a checked-in certificate, for tests that pin it. Its key is public. */
export function certificate(which: Exclude<TlsChoice, 'none'>): string {
  return readPair(which).cert;
}

/** PEM text of a checked-in authority. */
export function authority(which: 'authority' | 'other-authority' | 'intermediate'): string {
  return readFileSync(new URL(`certs/${which}.cert.pem`, import.meta.url), 'utf8');
}

function readPair(which: Exclude<TlsChoice, 'none'>): { key: string; cert: string } {
  const read = (part: string): string =>
    readFileSync(new URL(`certs/${which}.${part}.pem`, import.meta.url), 'utf8');
  return { key: read('key'), cert: read('cert') };
}

/** The whole body as text, at most 32 MiB. Rejects when the client goes away. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > 32 * 1024 * 1024) throw new Error('request body too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Resets the connection (RST where the socket is plain TCP; TLS sockets are destroyed). */
export function reset(response: ServerResponse): void {
  const socket = response.socket;
  if (!socket) return;
  if ('encrypted' in socket && socket.encrypted === true) socket.destroy();
  else socket.resetAndDestroy();
}
