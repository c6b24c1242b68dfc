import { z } from 'zod';
import { type Place, placeSchema } from '../../shared/model/connection';

/*
 * A credential as stored in the keychain: the secret, and the place that the user confirmed for it, which the
 * database cannot change. Entries of earlier versions are the bare secret.
 */

const lead = 'patchbay-credential:';
const boundSchema = z.strictObject({ secret: z.string(), ...placeSchema.shape });

/** `place` is null for an entry of an earlier version. */
export interface Bound {
  readonly secret: string;
  readonly place: Place | null;
}

/** A credential and its place as one entry. */
export function bind(secret: string, { origin, certificate, proxy }: Place): string {
  const reader = proxy === undefined ? {} : { proxy };
  return `${lead}1:${JSON.stringify({ secret, origin, certificate, ...reader })}`;
}

/**
 * Parses an entry; null if it is of a later version. Only a complete one counts as bound: a bare secret may start the
 * same way.
 */
export function readBound(entry: string): Bound | null {
  if (!entry.startsWith(lead)) return { secret: entry, place: null };
  const [, version, body] = /^patchbay-credential:(\d{1,3}):(\{.*\})$/s.exec(entry) ?? [];
  if (version === undefined || body === undefined) return { secret: entry, place: null };
  if (version !== '1') return null;
  const read = boundSchema.safeParse(parsed(body));
  if (!read.success) return null;
  const { secret, ...place } = read.data;
  return { secret, place };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
