import { type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Listener, type TlsChoice } from './transport.ts';

/** A proxy's fault. `cut`: it ends the connection in the middle of the answer. */
export type ProxyFault = 'hang' | 'garbage' | 'close' | 'cut' | { readonly status: number };

export interface ProxyOptions {
  /** The login it accepts; by default anyone. */
  readonly login?: { readonly user: string; readonly password: string };
  readonly tls?: TlsChoice;
  /** The ways to log in that it offers where a login is missing. */
  readonly offers?: string;
}

export interface ProxyLogEntry {
  readonly how: 'tunnel' | 'request';
  /** Host and port for a tunnel, else the whole address. */
  readonly target: string;
  readonly login: string | null;
  /** The headers received: over plain http all that the server will see. */
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A real forward proxy on a real port: CONNECT, and whole addresses over plain http. */
export interface ProxySimulator {
  readonly url: string;
  readonly log: readonly ProxyLogEntry[];
  /** The bytes sent through tunnels. */
  readonly tunnelled: () => Buffer;
  fault: ProxyFault | null;
  /** Faults hit only requests whose target contains this. */
  faultsOn: string;
  stop(): Promise<void>;
  restart(): Promise<void>;
}

/** Plays a fault below HTTP. @returns whether it did */
function playOn(socket: Socket, fault: ProxyFault | null): boolean {
  if (fault === 'close') socket.destroy();
  else if (fault === 'garbage') socket.end('220 mail.example ESMTP\r\n');
  return fault === 'close' || fault === 'garbage' || fault === 'hang';
}

/** Forwards a request to the server. @param cut whether to break off in the middle of its answer */
function forward(request: IncomingMessage, response: ServerResponse, cut: boolean): void {
  const { 'proxy-authorization': _login, ...headers } = request.headers;
  const onward = requestHttp(request.url ?? '', { method: request.method, headers }, (came) => {
    response.writeHead(came.statusCode ?? 502, came.headers);
    if (cut) came.once('data', () => request.socket.destroy());
    else came.pipe(response);
  });
  onward.on('error', () => {
    if (!response.headersSent) response.writeHead(502).end('<html>gateway</html>');
  });
  request.pipe(onward);
}

export async function startProxy({
  login,
  tls = 'none',
  offers = 'Basic realm="proxy"',
}: ProxyOptions = {}): Promise<ProxySimulator> {
  const log: ProxyLogEntry[] = [];
  const passed: Buffer[] = [];
  const open = new Set<Socket>();
  const wanted = login && `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
  const listener = new Listener(answer, '127.0.0.1', 0, tls, tunnel);

  function note(how: ProxyLogEntry['how'], request: IncomingMessage): boolean {
    const given = request.headers['proxy-authorization'] ?? null;
    log.push({ how, target: request.url ?? '', login: given, headers: request.headers });
    return wanted === undefined || given === wanted;
  }

  const struck = ({ url = '' }: IncomingMessage): ProxyFault | null =>
    url.includes(simulator.faultsOn) ? simulator.fault : null;

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const welcome = note('request', request);
    const fault = struck(request);
    const { socket } = request;
    const page = (status: number, headers: Record<string, string> = {}): void => {
      response.writeHead(status, headers).end('<html>proxy</html>');
    };
    if (playOn(socket, fault)) return;
    if (fault !== null && typeof fault === 'object') page(fault.status);
    else if (welcome) forward(request, response, fault === 'cut');
    else page(407, { 'proxy-authenticate': offers });
  }

  function tunnel(request: IncomingMessage, socket: Socket): void {
    const welcome = note('tunnel', request);
    const fault = struck(request);
    socket.on('error', () => undefined);
    const say = (status: number, header = ''): void => {
      socket.end(`HTTP/1.1 ${status} no\r\n${header}content-length: 0\r\n\r\n`);
    };
    if (playOn(socket, fault)) return;
    if (fault !== null && typeof fault === 'object') say(fault.status);
    else if (welcome) passOn(request, socket, say);
    else say(407, `proxy-authenticate: ${offers}\r\n`);
  }

  function passOn(request: IncomingMessage, socket: Socket, say: (status: number) => void): void {
    const { hostname, port } = new URL(`http://${request.url}`);
    const onward = connect(Number(port || 80), hostname.replace(/^\[|\]$/g, ''));
    let connected = false;
    open.add(onward);
    onward.once('connect', () => {
      connected = true;
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket);
    });
    onward.on('error', () => (connected ? socket.destroy() : say(502)));
    onward.on('close', () => connected && socket.destroy());
    socket.on('close', () => onward.destroy());
    socket.on('data', (chunk: Buffer) => {
      passed.push(chunk);
      onward.write(chunk);
    });
  }

  const simulator: ProxySimulator = {
    get url() {
      return listener.url;
    },
    log,
    tunnelled: () => Buffer.concat(passed),
    fault: null,
    faultsOn: '',
    async stop() {
      for (const socket of open) socket.destroy();
      await listener.close();
    },
    async restart() {
      await listener.open();
    },
  };
  await listener.open();
  return simulator;
}
