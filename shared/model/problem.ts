import { z } from 'zod';
import { legible } from '../lib/storable';

/**
 * Every problem that can reach the user. Each has a title and an advice in both languages in `shared/words`
 * (`problem.<code>.title`, `.advice`); a test compares the lists.
 */
export const problemCodes = [
  // reaching a server
  'name-not-found',
  'refused',
  'unreachable',
  'timeout',
  'reset',
  'tls-untrusted',
  'tls-changed',
  'tls-expired',
  'tls-expires',
  'tls-failed',
  'tls-old',
  'tls-not-spoken',
  'tls-weak',
  'tls-client-certificate',
  'redirect',
  'network-login',
  'proxy-login',
  'proxy-refused',
  'proxy-unreachable',
  'proxy-wants-login',
  'proxy-denied',
  'proxy-failed',
  'proxy-strange',
  'proxy-untrusted',
  'proxy-login-elsewhere',
  'gateway-failed',
  'cached-answer',
  'request-too-large',
  'html-answer',
  'bad-json',
  'too-large',
  'unexpected-answer',
  'wrong-address',
  'doubled-records',
  'unstorable-records',
  // logging in
  'credential-missing',
  'credential-unreadable',
  'credential-elsewhere',
  'certificate-unused',
  'authority-file',
  'authority-too-many',
  'authority-ends',
  'authority-ended',
  'authorities-altered',
  'unauthorized',
  'unauthorized-mode',
  'unauthorized-prefix',
  'path-not-ticked',
  'ip-not-permitted',
  'forbidden',
  'not-reseller',
  'key-refused',
  // the server's answer to a request
  'rejected',
  'duplicate-number',
  'field-missing',
  'unknown-record',
  'field-errors',
  'name-locked',
  'rate-limited',
  'server-error',
  'version-mismatch',
  // applying
  'not-stored',
  'side-effect',
  'answer-lost',
  'read-back-failed',
  'row-not-proved',
  'changed-since-plan',
  'changed-while-waiting',
  'interrupted',
  'slept',
  'stopped-by-server',
  'cancelled',
  // the keychain
  'keychain-absent',
  'keychain-locked',
  'keychain-denied',
  'keychain-timed-out',
  'keychain-mismatch',
  'keychain-failed',
  'keychain-other',
  'credential-too-long',
  'credential-characters',
  'sealed-unreadable',
  'secret-not-shown',
  // files that the user writes and opens
  'file-not-saved',
  'file-unreadable',
  'file-too-large',
  'sheet-too-large',
  'sheet-not-text',
  'sheet-empty',
  'sheet-no-key',
  'clipboard-empty',
  'file-not-work-order',
  'file-not-template',
  'file-invalid',
  'file-newer',
  'passphrase-short',
  'passphrase-wrong',
  'taken-in-before',
  'nothing-to-take-in',
  // looking for updates
  'update-address',
  'update-elsewhere',
  'update-unreadable',
  // this program
  'invalid-input',
  'not-found',
  'busy',
  'database-set-aside',
  'database-newer',
  'database-altered',
  'database-mended',
  'database-unusable',
  'backup-failed',
  'backup-damaged',
  'backup-restored',
  'database-large',
  'clock-jumped',
  'page-restarted',
  'profile-open',
  'preferences-set-aside',
  'preferences-unwritable',
  'locked',
  'lock-passphrase-wrong',
  'lock-wait',
  'lock-not-set',
  'disk-full',
  'internal',
  'sender-refused',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** A problem as it crosses to the renderer: without secrets, and without texts of our own. */
export const problemSchema = z.strictObject({
  code: z.enum(problemCodes),
  /** Values for the translated sentence: a host name, a field, a path. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  /** What the server itself said, in its own language. */
  serverMessage: z.string().max(2_000).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** Makes a problem. Parameters and message may be a server's words, and both are stored with a write's outcome. */
export function problem(code: ProblemCode, params: Problem['params'] = {}, serverMessage?: string): Problem {
  const told = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? legible(value) : value]),
  );
  return serverMessage === undefined
    ? { code, params: told }
    : // Cut first: the cut may go through a pair.
      { code, params: told, serverMessage: legible(serverMessage.slice(0, 2_000)) };
}

/** Inside the main process a problem travels as an exception, so that no layer has to pass it on. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
    this.name = 'ProblemError';
  }
}

/** Returns any thrown value as a problem to show; unrecognised ones are `internal`. */
export function problemOf(error: unknown): Problem {
  return error instanceof ProblemError ? error.problem : problem('internal');
}

/** Throws a problem. */
export function fail(code: ProblemCode, params: Problem['params'] = {}, serverMessage?: string): never {
  throw new ProblemError(problem(code, params, serverMessage));
}
