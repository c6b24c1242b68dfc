import { type UpdateFeed, updateFeedSchema } from '../../shared/model/about';
import { fail } from '../../shared/model/problem';
import type { Database } from '../storage/database';
import { keep, kept } from '../storage/kept';
import { jsonObject } from '../storage/rows';

const key = 'updates';

/** The address of the update feed that the user set; none by default. */
export class StoredUpdateFeed {
  constructor(private readonly database: Database) {}

  load(): UpdateFeed {
    const stored = updateFeedSchema.safeParse(jsonObject(kept(this.database, key) ?? ''));
    return stored.success ? stored.data : { feed: null };
  }

  /** Stores an https address; an empty one removes it. @throws ProblemError `update-address` */
  save({ feed }: UpdateFeed): UpdateFeed {
    const stored = { feed: feed === null || feed.trim() === '' ? null : secureAddress(feed).href };
    keep(this.database, key, JSON.stringify(stored));
    return stored;
  }
}

/**
 * Parses an address that may be asked: https, without a user name and password.
 * @throws ProblemError `update-address`
 */
export function secureAddress(text: string): URL {
  const url = urlOf(text.trim());
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return fail('update-address');
  url.hash = '';
  return url;
}

function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
