import { isIP } from 'node:net';
import { connect as connectTls, type PeerCertificate, TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { type Problem, ProblemError, problem } from '../../shared/model/problem';
import { networkProblem } from './network-errors';

/** The certificate that a server showed, for a person to compare and to trust. Public data. */
export interface PresentedCertificate {
  /** SHA-256, as OpenSSL prints it: `AB:CD:…`. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly validTo: string;
}

/** A certificate that is not trusted (`tls-untrusted`) or not the pinned one (`tls-changed`), with the one shown. */
export class CertificateProblemError extends ProblemError {
  constructor(
    problem: Problem,
    readonly certificate: PresentedCertificate,
  ) {
    super(problem);
    this.name = 'CertificateProblemError';
  }
}

/**
 * A connector that judges the certificate itself, before undici is handed the socket: no byte of a request can have
 * left when it refuses. With a pin, that certificate and no other; without, what the system trusts. Sessions are not
 * resumed, because a resumed session skips the check of the name.
 * @param pin SHA-256 fingerprint or null
 * @param timeoutMs for name, TCP and TLS together
 */
export function pinningConnector(pin: string | null, timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs, rejectUnauthorized: false, maxCachedSessions: 0 });
  return (options, callback) => {
    connect(options, (...result) => {
      const [error, socket] = result;
      if (error !== null || !(socket instanceof TLSSocket)) return callback(...result);
      const refused = certificateProblem(socket, pin, options.host ?? options.hostname);
      if (!refused) return callback(null, socket);
      // Nobody listens to this socket any more.
      socket.on('error', () => undefined).destroy();
      callback(refused, null);
    });
  };
}

/**
 * The certificate that a server shows, trusted or not. Nothing is sent but the handshake.
 * @throws ProblemError where the server cannot be reached or speaks no TLS
 */
export function peekCertificate(
  url: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<PresentedCertificate> {
  const { hostname, port, host } = new URL(url);
  const name = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      host: name,
      port: Number(port || 443),
      rejectUnauthorized: false,
      ...(isIP(name) ? {} : { servername: name }),
    });
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      socket.destroy();
      settle();
    };
    const fail = (code: 'timeout' | 'cancelled') =>
      end(() => reject(new ProblemError(problem(code, { host }))));
    const cancel = () => fail('cancelled');
    const timer = setTimeout(() => fail('timeout'), timeoutMs);
    signal?.addEventListener('abort', cancel, { once: true });
    socket.once('secureConnect', () => {
      const certificate = presented(socket);
      end(() => resolve(certificate));
    });
    socket.on('error', (error) => end(() => reject(new ProblemError(networkProblem(error, host)))));
    if (signal?.aborted) cancel();
  });
}

function certificateProblem(
  socket: TLSSocket,
  pin: string | null,
  host: string,
): CertificateProblemError | null {
  const shown = presented(socket);
  if (pin !== null) {
    if (shown.fingerprint === pin) return null;
    return new CertificateProblemError(problem('tls-changed', { host, ...shown }), shown);
  }
  if (socket.authorized) return null;
  const reason = reasonOf(String(socket.authorizationError));
  return new CertificateProblemError(problem('tls-untrusted', { host, reason, ...shown }), shown);
}

function presented(socket: TLSSocket): PresentedCertificate {
  // Null, in spite of its type, where the socket is gone already.
  const certificate: Partial<PeerCertificate> | null = socket.getPeerCertificate();
  return {
    fingerprint: certificate?.fingerprint256 ?? '',
    subject: nameOf(certificate?.subject),
    issuer: nameOf(certificate?.issuer),
    validTo: certificate?.valid_to ?? '',
  };
}

function nameOf(name: object | undefined): string {
  return Object.entries(name ?? {})
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(', ')
    .slice(0, 300);
}

/** Why a certificate is not trusted, in one word for the translation. */
function reasonOf(code: string): string {
  if (code.includes('SELF_SIGNED')) return 'self-signed';
  if (code.includes('EXPIRED')) return 'expired';
  if (code.includes('NOT_YET_VALID')) return 'not-yet-valid';
  if (code.includes('ALTNAME') || code.includes('HOSTNAME')) return 'name';
  return 'issuer';
}
