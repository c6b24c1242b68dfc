/** Limits for a JSON text, checked before parsing: parsing cannot be interrupted. */
export interface JsonLimits {
  /** Levels of nesting. */
  readonly depth: number;
  readonly entries: number;
  readonly values: number;
}

export type JsonExcess = keyof JsonLimits;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

/** Counts the values of a JSON text without parsing it. Invalid JSON is counted too: the parser reports it. */
export class JsonMeter {
  /** The offset of each entry's end in the watched container, the last at its closing bracket. */
  readonly ends: number[] = [];
  /** The number of values up to each of these offsets. */
  readonly valuesAt: number[] = [];
  /** The limit that was exceeded; counting stops there. */
  excess: JsonExcess | null = null;
  values = 0;
  readonly #counts: number[] = [];
  #at = 0;
  #watched = -1;

  /** @param watch the offset after the opening bracket of the container whose entries are wanted; -1 for none */
  constructor(
    private readonly text: string,
    private readonly limits: JsonLimits,
    private readonly watch = -1,
  ) {}

  /** Whether the watched container was read to its end. */
  get closed(): boolean {
    return this.#watched === -2;
  }

  /** Whether all brackets so far are balanced; at the end of the text, anything else is not JSON. */
  get balanced(): boolean {
    return this.#counts.length === 0;
  }

  /** Counts a number of brackets, commas and strings. @returns whether the text is finished */
  step(steps = Number.POSITIVE_INFINITY): boolean {
    const { text } = this;
    let left = steps;
    while (left > 0 && this.#at < text.length && this.excess === null) {
      left -= 1;
      const code = text.charCodeAt(this.#at);
      if (code === quote) this.#at = endOfText(text, this.#at);
      else if (code === 0x7b || code === 0x5b) this.#open();
      else if (code === comma) this.#next();
      else if (code === 0x7d || code === 0x5d) this.#close();
      this.#at += 1;
    }
    return this.excess !== null || this.#at >= text.length;
  }

  #open(): void {
    this.#counts.push(1);
    this.#count();
    if (this.#counts.length > this.limits.depth) this.excess = 'depth';
    if (this.#at + 1 === this.watch) this.#watched = this.#counts.length;
  }

  #next(): void {
    this.#count();
    const last = this.#counts.length - 1;
    const count = (this.#counts[last] ?? 0) + 1;
    if (last >= 0) this.#counts[last] = count;
    if (count > this.limits.entries) this.excess = 'entries';
    if (this.#counts.length === this.#watched) this.#end();
  }

  #close(): void {
    if (this.#counts.length === this.#watched) {
      this.#end();
      this.#watched = -2;
    }
    this.#counts.pop();
  }

  #count(): void {
    this.values += 1;
    if (this.values > this.limits.values) this.excess = 'values';
  }

  #end(): void {
    this.ends.push(this.#at);
    this.valuesAt.push(this.values);
  }
}

/** Returns the limit that a JSON text exceeds; null where it is within all of them. */
export function jsonExcess(text: string, limits: JsonLimits): JsonExcess | null {
  const meter = new JsonMeter(text, limits);
  meter.step();
  return meter.excess;
}

/** Returns the offset of the closing quote of a string. */
function endOfText(text: string, opening: number): number {
  for (let at = text.indexOf('"', opening + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
