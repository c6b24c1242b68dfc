import type { ConnectionId } from '../../shared/model/connection';
import type { Problem, ProblemCode } from '../../shared/model/problem';

/** What an error's cure needs: the connection that it came from, and what to do again. */
export interface Curable {
  readonly connectionId?: ConnectionId | undefined;
  readonly again?: (() => void) | undefined;
}

export type Cure = 'edit' | 'again' | 'address';

// The form is where address, trust and login are mended; what may have passed by itself is tried again first.
const byCode: Partial<Record<ProblemCode, readonly Cure[]>> = {
  'name-not-found': ['edit', 'again'],
  refused: ['again', 'edit'],
  unreachable: ['again', 'edit'],
  timeout: ['again', 'edit'],
  reset: ['again'],
  'tls-untrusted': ['edit'],
  'tls-changed': ['edit'],
  'tls-expired': ['edit'],
  'tls-expires': ['edit'],
  'tls-failed': ['edit', 'again'],
  'tls-old': ['edit'],
  'tls-not-spoken': ['edit'],
  redirect: ['edit'],
  'network-login': ['again'],
  'proxy-login': ['edit'],
  'proxy-refused': ['again', 'edit'],
  'proxy-unreachable': ['edit', 'again'],
  'proxy-wants-login': ['edit'],
  'proxy-denied': ['edit'],
  'proxy-failed': ['edit', 'again'],
  'proxy-strange': ['edit'],
  'proxy-untrusted': ['edit'],
  'gateway-failed': ['again'],
  'html-answer': ['edit', 'again'],
  'bad-json': ['again'],
  'wrong-address': ['edit'],
  'credential-missing': ['edit'],
  'credential-unreadable': ['edit'],
  'certificate-unused': ['edit'],
  unauthorized: ['edit', 'again'],
  'unauthorized-mode': ['edit'],
  'unauthorized-prefix': ['edit'],
  'path-not-ticked': ['again'],
  'ip-not-permitted': ['address', 'again'],
  forbidden: ['edit', 'again'],
  'not-reseller': ['edit'],
  'key-refused': ['edit'],
};

/** The cures of a problem that can be had where it is shown, the likeliest first. */
export function curesOf({ code }: Problem, { connectionId, again }: Curable): readonly Cure[] {
  return (byCode[code] ?? []).filter((cure) => (cure === 'again' ? again : connectionId) !== undefined);
}
