import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { onlyMineWherePossible, privateFile, privateFolder } from '../storage/private';
import type { Masks } from './masks';

const largest = 1_000_000;
const olderFiles = 2;
const longestLine = 2_000;

/**
 * The program's only log: codes, names of requests, states, and unexpected errors of either process. Callers pass no
 * values of records; anything that slips in is masked here, before it reaches the disk. Two older files are kept.
 */
export class Log {
  constructor(
    private readonly path: string,
    private readonly masks: Masks,
    private readonly most = largest,
  ) {}

  /** Writes a line; never throws. */
  readonly write = (line: string): void => {
    try {
      mkdirSync(dirname(this.path), { recursive: true, mode: privateFolder });
      this.#rotate();
      // Masked before it is cut: half a secret would not be recognised.
      const masked = this.masks.mask(oneLine(line)).slice(0, longestLine);
      appendFileSync(this.path, `${new Date().toISOString()} ${masked}\n`, { mode: privateFile });
    } catch {
      // A full disk must not keep the program from reporting it in its window.
    }
  };

  /** Logs where something unexpected was thrown. Its message could quote a value and is left out. */
  readonly writeError = (what: string, error: unknown): void => this.write(`${what} ${whereThrown(error)}`);

  /** Returns the newest lines, oldest first, masked again with the secrets known by now. */
  tail(lines: number): readonly string[] {
    const found: string[] = [];
    for (const path of [this.path, ...older(this.path)]) {
      if (found.length >= lines) break;
      found.unshift(...lastLines(path, lines - found.length));
    }
    return found.map((line) => this.masks.mask(line).slice(0, longestLine + 100));
  }

  #rotate(): void {
    if (!existsSync(this.path) || statSync(this.path).size <= this.most) return;
    const names = [this.path, ...older(this.path)];
    for (let place = names.length - 2; place >= 0; place -= 1) {
      const [from, to] = [names[place], names[place + 1]];
      if (from !== undefined && to !== undefined && existsSync(from)) renameSync(from, to);
    }
    for (const name of names) if (existsSync(name)) onlyMineWherePossible(name);
  }
}

/** Returns an error's class and where it was thrown, without its message. */
export function whereThrown(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const stack = error.stack ?? '';
  const text = stack.indexOf(error.message);
  const frames = text < 0 ? '' : stack.slice(text + error.message.length);
  const where = frames.split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return [error.constructor.name, code, ...where.slice(0, 4).map((line) => line.trim())]
    .filter(Boolean)
    .join(' ');
}

function older(path: string): string[] {
  return Array.from({ length: olderFiles }, (_, index) => `${path}.${index + 1}`);
}

function oneLine(line: string): string {
  // Control and direction characters would let one entry pass for several, or for another.
  return line.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
}

function lastLines(path: string, most: number): string[] {
  if (most <= 0 || !existsSync(path)) return [];
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const length = Math.min(size, largest + 100_000);
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, size - length);
    return bytes.toString('utf8').split('\n').filter(Boolean).slice(-most);
  } finally {
    closeSync(file);
  }
}
