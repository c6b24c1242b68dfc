/** The size limit of one request: characters of its texts and names, and a few for each value. */
export const largestInput = 1_000_000;

const perValue = 4;
const deepest = 64;

/**
 * Returns whether a message is within the limit. Stops at the limit without reading on or allocating. Anything outside
 * the contract (maps, buffers, big integers, a cycle) counts as too large.
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
    // Holes of a list count too: later code would iterate over them.
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
