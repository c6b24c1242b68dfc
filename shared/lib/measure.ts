/** The most that one request of the window may hold: characters of its texts and names, and a few for each value. */
export const largestInput = 1_000_000;

const perValue = 4;
const deepest = 64;

/**
 * Whether a message is no larger than it may be. Stops where it is not: what is too large is not read to its end, and
 * nothing is made of it. What the contract cannot hold (maps, buffers, big integers, a cycle) is too large.
 */
export function isWithin(message: unknown, most = largestInput): boolean {
  const left: { readonly value: unknown; readonly depth: number }[] = [{ value: message, depth: 0 }];
  let size = 0;
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, depth } = next;
    size += perValue + (typeof value === 'string' ? value.length : 0);
    if (size > most || depth > deepest || typeof value === 'bigint') return false;
    if (value === null || typeof value !== 'object') continue;
    if (!Array.isArray(value) && !isPlain(value)) return false;
    // The holes of a list count, too: somebody would walk over them.
    const entries = Array.isArray(value) ? value.length : 0;
    if (size + entries * perValue > most) return false;
    for (const key in value) {
      size += Array.isArray(value) ? 0 : key.length;
      if (size + left.length * perValue > most) return false;
      left.push({ value: Reflect.get(value, key), depth: depth + 1 });
    }
  }
  return true;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.prototype.toString.call(value) === '[object Object]';
}
