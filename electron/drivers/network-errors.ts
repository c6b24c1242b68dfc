import { type Problem, type ProblemCode, ProblemError, problem } from '../../shared/model/problem';

const codes: Readonly<Record<string, ProblemCode>> = {
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  EAI_FAIL: 'name-not-found',
  ENODATA: 'name-not-found',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  // A local firewall answers so.
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ETIMEDOUT: 'timeout',
  ESOCKETTIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_INFO: 'reset',
  UND_ERR_CLOSED: 'reset',
  UND_ERR_DESTROYED: 'reset',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
  UND_ERR_HEADERS_OVERFLOW: 'unexpected-answer',
  // A credential with a line break in it, say: nothing can be sent.
  UND_ERR_INVALID_ARG: 'invalid-input',
};

/**
 * What a socket, TLS or HTTP error means. Its message is not passed on: it may quote a header. For the same reason
 * the error is not kept as a cause.
 * @param host host and port that was called
 */
export function networkProblem(error: unknown, host: string): Problem {
  if (error instanceof ProblemError) return error.problem;
  const code = codeOf(error);
  const tls = tlsProblem(error, code, host);
  if (tls) return tls;
  const known = codes[code];
  if (known) return problem(known, { host, detail: code });
  return problem('unexpected-answer', { host, detail: code });
}

/** The meaning of each reason, in the words of OpenSSL (Node) and BoringSSL (Electron). */
const handshakes: readonly (readonly [RegExp, ProblemCode])[] = [
  [
    /wrong.version.number|http.request|packet.length.too.long|record.overflow|invalid.record|unknown.protocol/,
    'tls-not-spoken',
  ],
  [
    /unsupported.protocol|protocol.version|version.too.low|inappropriate.fallback|no.protocols.available/,
    'tls-old',
  ],
  [/certificate.required|bad.certificate|unknown.ca\b|certificate.unknown/, 'tls-client-certificate'],
  [
    /dh.key.too.small|key.too.small|md.too.weak|weak|legacy.(sigalg|renegotiation)|handshake.failure|no.shared.cipher|insufficient.security|no.ciphers|bad.dh|unsupported.(curve|signature)|no.common.signature/,
    'tls-weak',
  ],
];

/**
 * A failed handshake. The reason is in the error's code or, under EPROTO, only in its message; the message is read
 * here and not passed on.
 */
function tlsProblem(error: unknown, code: string, host: string): Problem | null {
  if (code !== 'EPROTO' && !/^(ERR_SSL|ERR_TLS|CERT_|ERR_OSSL)/.test(code)) return null;
  const words = `${code} ${error instanceof Error ? error.message : ''}`.toLowerCase();
  const known = handshakes.find(([said]) => said.test(words))?.[1];
  return problem(known ?? 'tls-failed', { host, detail: code });
}

/** Returns Node's code; where several addresses were tried, that of the first. */
function codeOf(error: unknown): string {
  if (error === null || typeof error !== 'object') return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0]);
  return '';
}
