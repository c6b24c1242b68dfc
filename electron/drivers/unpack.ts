import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { type Problem, problem } from '../../shared/model/problem';
import type { HttpAnswer } from './http';

const unpackers = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress };

/** How an answer is compressed: as declared or, if a proxy lost the header, as its first bytes show. */
function unpackerFor({ headers, body }: HttpAnswer) {
  const packing = headers.get('content-encoding')?.trim().toLowerCase().replace('x-', '') ?? '';
  const isGzip = body[0] === 0x1f && body[1] === 0x8b;
  if (packing === '' || packing === 'identity') return isGzip ? createGunzip : undefined;
  // Old servers' deflate has no header of its own.
  if (packing === 'deflate' && ((body[0] ?? 0) & 0x0f) !== 8) return createInflateRaw;
  return Object.entries(unpackers).find(([name]) => name === packing)?.[1];
}

/*
 * Lists of records compress to a tenth, very similar ones to a fiftieth. Anything that expands more than a hundredfold
 * is an attack.
 */
const mostRatio = 100;
const freeBytes = 1_048_576;

/**
 * Decompresses an answer. Compression is not asked for, but some servers do it anyway. It is decompressed piece by
 * piece, and no further than a list of records could be.
 */
export async function unpacked(answer: HttpAnswer, maxBytes: number): Promise<HttpAnswer> {
  const make = unpackerFor(answer);
  if (!make) return answer;
  const most = Math.min(maxBytes, Math.max(freeBytes, answer.body.length * mostRatio));
  const parts: Buffer[] = [];
  let size = 0;
  const unpacker = make();
  unpacker.end(answer.body);
  try {
    for await (const part of unpacker) {
      if (!Buffer.isBuffer(part)) continue;
      size += part.length;
      if (size > most) return unread(answer, 'too-large', maxBytes);
      parts.push(part);
    }
  } catch {
    return unread(answer, 'bad-json', maxBytes);
  } finally {
    unpacker.destroy();
  }
  return { ...answer, body: Buffer.concat(parts) };
}

function unread(answer: HttpAnswer, code: 'too-large' | 'bad-json', maxBytes: number): HttpAnswer {
  const { host } = new URL(answer.url);
  const why: Problem = problem(code, { host, megabytes: Math.floor(maxBytes / 1_048_576) });
  return { ...answer, body: Buffer.alloc(0), unread: why };
}
