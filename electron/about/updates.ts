import { z } from 'zod';
import { beginning, legible } from '../../shared/lib/storable';
import type { Update } from '../../shared/model/about';
import { fail, ProblemError } from '../../shared/model/problem';
import { exchange, type HttpAnswer } from '../drivers/http';
import { pinningConnector, type Trust } from '../drivers/tls';
import { loadUndici } from '../drivers/undici';
import { secureAddress } from './update-feed';
import { isNewer, versionOf } from './versions';

export interface UpdateQuestion {
  /** The https address to ask, set by the user. */
  readonly feed: string;
  readonly current: string;
  readonly timeoutMs?: number;
  /** Replaces the system's trusted certificates; for tests. */
  readonly trust?: Trust;
}

const mostBytes = 262_144;

/** The answer for the newest release, in the format that GitHub, Gitea and Forgejo share. */
const releaseSchema = z.object({
  tag_name: z.string().max(100),
  body: z.string().nullish(),
  html_url: z.string().max(2_000),
  published_at: z.string().max(100).nullish(),
});

/**
 * Asks the feed for the newest release, once. No redirect is followed, nothing about this machine or its profile is
 * sent, and nothing named in the answer is opened or downloaded.
 * @throws ProblemError
 */
export async function checkForUpdate({
  feed,
  current,
  timeoutMs = 15_000,
  trust,
}: UpdateQuestion): Promise<Update> {
  const url = secureAddress(feed);
  const { Pool } = await loadUndici();
  const pool = new Pool(url.origin, {
    connections: 1,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: pinningConnector(
      trust ?? { pin: null, expired: null, authorities: [] },
      timeoutMs,
      () => undefined,
    ),
  });
  try {
    const request = {
      method: 'GET' as const,
      url: url.href,
      headers: { accept: 'application/json', 'user-agent': 'Patchbay' },
      maxBytes: mostBytes,
      signal: new AbortController().signal,
    };
    const answer = await exchange(pool, timeoutMs, request, null);
    return read(answer, url, current);
  } finally {
    await pool.destroy();
  }
}

function read(answer: HttpAnswer, url: URL, current: string): Update {
  const { host } = url;
  if (answer.status >= 300 && answer.status < 400) return fail('update-elsewhere', { host });
  if (answer.status !== 200) return fail('update-unreadable', { host, status: answer.status });
  const release = releaseSchema.safeParse(jsonOf(answer.body));
  const newest = release.success ? versionOf(release.data.tag_name) : null;
  const page = release.success ? pageOf(release.data.html_url) : null;
  if (!release.success || newest === null || page === null)
    return fail('update-unreadable', { host, status: answer.status });
  const published = Date.parse(release.data.published_at ?? '');
  return {
    current,
    newest,
    newer: isNewer(newest, current),
    published: Number.isSafeInteger(published) ? published : null,
    notes: readable(release.data.body ?? ''),
    page,
  };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return null;
  }
}

function pageOf(address: string): string | null {
  try {
    return secureAddress(address).href;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** Returns the notes as text that can be stored; the window writes out invisible and direction characters. */
function readable(notes: string): string {
  return legible(beginning(notes.replaceAll('\r\n', '\n'), 20_000));
}
