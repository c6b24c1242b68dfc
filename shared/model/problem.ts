import { z } from 'zod';

/**
 * Everything that can go wrong and reach a person. Each has a title and an advice in both languages in the
 * renderer's translations (`problem.<code>.title`, `.advice`); a test holds the two lists together.
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
  'tls-failed',
  'redirect',
  'html-answer',
  'bad-json',
  'too-large',
  'unexpected-answer',
  'wrong-address',
  // being let in
  'credential-missing',
  'credential-unreadable',
  'unauthorized',
  'unauthorized-mode',
  'unauthorized-prefix',
  'path-not-ticked',
  'ip-not-permitted',
  'forbidden',
  'not-reseller',
  'key-refused',
  // what the server says of a request
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
  'changed-since-plan',
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
  'sealed-unreadable',
  'secret-not-shown',
  // files that a person writes and opens
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
  // this program
  'invalid-input',
  'not-found',
  'busy',
  'database-set-aside',
  'database-newer',
  'database-unusable',
  'backup-failed',
  'backup-damaged',
  'backup-restored',
  'database-large',
  'disk-full',
  'internal',
  'sender-refused',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** A problem as it crosses to the renderer: never a secret in it, never a sentence of ours. */
export const problemSchema = z.strictObject({
  code: z.enum(problemCodes),
  /** Values for the translated sentence: a host name, a field, a path. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  /** What the server itself said, in its own language. */
  serverMessage: z.string().max(2_000).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** A problem with its parameters. */
export function problem(code: ProblemCode, params: Problem['params'] = {}, serverMessage?: string): Problem {
  return serverMessage === undefined
    ? { code, params }
    : { code, params, serverMessage: serverMessage.slice(0, 2_000) };
}

/** Inside the main process a problem travels as an exception, so that no layer has to hand it on. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
    this.name = 'ProblemError';
  }
}

/** Throws a problem. */
export function fail(code: ProblemCode, params: Problem['params'] = {}, serverMessage?: string): never {
  throw new ProblemError(problem(code, params, serverMessage));
}
