import { randomUUID } from 'node:crypto';
import { fail } from '../../shared/model/problem';
import type { HttpAnswer } from './http';

/**
 * Asks with GET. If a cache answered although it was asked not to, asks once more under an address that no cache has
 * seen: an old copy of a record would make a stored write look lost.
 * @throws ProblemError `cached-answer` if that also comes out of a cache
 */
export async function askedPast(
  url: string,
  asked: (url: string) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  const first = await asked(url);
  if (!cameFromCache(first)) return first;
  const fresh = new URL(url);
  fresh.searchParams.set('_', randomUUID());
  const second = await asked(fresh.href);
  return cameFromCache(second) ? fail('cached-answer', { host: fresh.host }) : second;
}

function cameFromCache(answer: HttpAnswer): boolean {
  const hints = ['x-cache', 'x-cache-status', 'x-proxy-cache', 'cf-cache-status'];
  return isAged(answer) || hints.some((name) => /\b(hit|stale)\b/i.test(answer.headers.get(name) ?? ''));
}

/** Returns whether an answer came from a cache: only caches send an age above zero, and nothing here asks for a 304. */
function isAged({ status, headers }: HttpAnswer): boolean {
  return (
    status === 304 || Number(headers.get('age') ?? 0) > 0 || /^11[01]\b/.test(headers.get('warning') ?? '')
  );
}
