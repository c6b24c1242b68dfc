import { isIP } from 'node:net';
import {
  connect as connectTls,
  createSecureContext,
  type PeerCertificate,
  rootCertificates,
  type SecureContext,
  TLSSocket,
} from 'node:tls';
import type { buildConnector } from 'undici';
import { type Problem, ProblemError, problem } from '../../shared/model/problem';
import { networkProblem } from './network-errors';
import { undici } from './undici';

/** The certificate that a server showed, for the user to compare and trust. Public data. */
export interface PresentedCertificate {
  /** SHA-256, as OpenSSL prints it: `AB:CD:…`. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  /** The names and addresses it is for; on an old certificate without them, its common name. */
  readonly names: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
}

/** Which certificate a server must show. */
export interface Trust {
  /** The fingerprint (SHA-256) that the user chose; null: what the system trusts. */
  readonly pin: string | null;
  /** The fingerprint of a chosen certificate that the user accepts although it has expired. */
  readonly expired: string | null;
  /** Certificates (PEM) of authorities that the user added to those of the system. */
  readonly authorities: readonly string[];
}

/**
 * A certificate that is not trusted (`tls-untrusted`), not the chosen one (`tls-changed`), or the chosen one after its time
 * (`tls-expired`), with the one shown.
 */
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
 * A connector that judges the certificate itself, before undici gets the socket: if it refuses, no byte of a request
 * can have left. With a pin, that certificate and no other; without, what the system trusts. Sessions are not
 * resumed, because a resumed session skips the check of the name. A chosen certificate counts after its expiry only
 * if the user said so: nothing else would warn them.
 * @param timeoutMs for name, TCP and TLS together
 * @param seen called with each certificate that was accepted
 */
export function pinningConnector(
  trust: Trust,
  timeoutMs: number,
  seen: (certificate: PresentedCertificate) => void,
): buildConnector.connector {
  const connect = undici().buildConnector({
    timeout: timeoutMs,
    rejectUnauthorized: false,
    maxCachedSessions: 0,
    ...withAuthorities(trust.authorities),
  });
  return (options, callback) => {
    connect(options, (...result) => {
      const [error, socket] = result;
      if (error !== null || !(socket instanceof TLSSocket)) return callback(...result);
      const shown = presented(socket);
      const refused = certificateProblem(socket, shown, trust, options.host ?? options.hostname);
      if (!refused) {
        seen(shown);
        return callback(null, socket);
      }
      // This socket has no listeners left.
      socket.on('error', () => undefined).destroy();
      callback(refused, null);
    });
  };
}

/**
 * Returns the certificate that a server shows, trusted or not. Nothing is sent but the handshake.
 * @throws ProblemError if the server cannot be reached or does not speak TLS
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

/**
 * What TLS trusts in addition to the program's own certificates. Added ones count as they are, even if their issuer is
 * missing: the user added them individually.
 */
function withAuthorities(authorities: readonly string[]): { readonly secureContext?: SecureContext } {
  if (authorities.length === 0) return {};
  const ca = [...rootCertificates, ...authorities];
  return { secureContext: createSecureContext({ ca, allowPartialTrustChain: true }) };
}

function certificateProblem(
  socket: TLSSocket,
  shown: PresentedCertificate,
  { pin, expired }: Pick<Trust, 'pin' | 'expired'>,
  host: string,
): CertificateProblemError | null {
  const { names, ...facts } = shown;
  const params = { host, ...facts, names: names.join(', ') };
  if (pin !== null) {
    if (shown.fingerprint !== pin)
      return new CertificateProblemError(problem('tls-changed', { ...params, pinned: pin }), shown);
    // A date that cannot be parsed does not count as past.
    const to = Date.parse(shown.validTo);
    if (!(to < Date.now()) || expired === pin) return null;
    return new CertificateProblemError(problem('tls-expired', { ...params, to }), shown);
  }
  if (socket.authorized) return null;
  const reason = reasonOf(String(socket.authorizationError));
  return new CertificateProblemError(problem('tls-untrusted', { ...params, reason }), shown);
}

function presented(socket: TLSSocket): PresentedCertificate {
  // Null, despite its type, if the socket is already gone.
  const certificate: Partial<PeerCertificate> | null = socket.getPeerCertificate();
  return {
    fingerprint: certificate?.fingerprint256 ?? '',
    subject: nameOf(certificate?.subject),
    issuer: nameOf(certificate?.issuer),
    names: namesOf(certificate),
    validFrom: certificate?.valid_from ?? '',
    validTo: certificate?.valid_to ?? '',
  };
}

/** A hosting service's certificate may have many names; the first say enough. */
const mostNames = 20;

function namesOf(certificate: Partial<PeerCertificate> | null): string[] {
  const alternative = certificate?.subjectaltname ?? '';
  const names = [...alternative.matchAll(/(?:DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]+)/g)].map(
    ([, name = '']) => name.trim(),
  );
  const common: unknown = certificate?.subject?.CN;
  const all = names.length > 0 ? names : [common].flat().map((one) => String(one ?? ''));
  return all
    .filter((name) => name !== '')
    .map((name) => name.slice(0, 200))
    .slice(0, mostNames);
}

function nameOf(name: object | undefined): string {
  return Object.entries(name ?? {})
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(', ')
    .slice(0, 300);
}

/** Why a certificate is not trusted, as one word for the translation. */
function reasonOf(code: string): string {
  if (code.includes('SELF_SIGNED')) return 'self-signed';
  if (code.includes('EXPIRED')) return 'expired';
  if (code.includes('NOT_YET_VALID')) return 'not-yet-valid';
  if (code.includes('ALTNAME') || code.includes('HOSTNAME')) return 'name';
  return 'issuer';
}
