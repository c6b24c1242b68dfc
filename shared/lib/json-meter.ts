/** What a JSON text may hold before it is parsed: parsing cannot be interrupted, and what it makes cannot be unmade. */
export interface JsonLimits {
  /** Brackets inside each other. */
  readonly depth: number;
  /** Entries of one list, or keys of one object. */
  readonly entries: number;
  /** Values altogether. */
  readonly values: number;
}

export type JsonExcess = keyof JsonLimits;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

/**
 * Counts what a JSON text would make, without making it. A text that is no JSON is counted as if it were: whether it is
 * any, parsing says.
 */
export class JsonMeter {
  /** Where each entry of the container that is watched ends, the last one at its closing bracket. */
  readonly ends: number[] = [];
  /** How many values there were at each of these places. */
  readonly valuesAt: number[] = [];
  /** What there is too much of; then nothing further was counted. */
  excess: JsonExcess | null = null;
  values = 0;
  readonly #counts: number[] = [];
  #at = 0;
  #watched = -1;

  /** @param watch the place after the opening bracket of the container whose entries are wanted; -1 for none */
  constructor(
    private readonly text: string,
    private readonly limits: JsonLimits,
    private readonly watch = -1,
  ) {}

  /** Whether the container that was to be watched was found to its end. */
  get closed(): boolean {
    return this.#watched === -2;
  }

  /** Whether every bracket so far has its other one: what is not balanced at its end is no JSON. */
  get balanced(): boolean {
    return this.#counts.length === 0;
  }

  /** Counts on over so many brackets, commas and texts. @returns whether it is done */
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

/** What a JSON text has too much of; null where it is within its limits. */
export function jsonExcess(text: string, limits: JsonLimits): JsonExcess | null {
  const meter = new JsonMeter(text, limits);
  meter.step();
  return meter.excess;
}

/** The closing quote of the text that opens here. */
function endOfText(text: string, opening: number): number {
  for (let at = text.indexOf('"', opening + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
