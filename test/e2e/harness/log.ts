import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const wrapper = path.join(import.meta.dirname, 'with-log.sh');
const canWrap = process.platform === 'linux';

/** All that one run of the program said, from its first line; kept in memory too, since its file goes with the test. */
export class ProgramLog {
  readonly #file: string;
  #kept = '';
  #added = '';

  constructor(file: string) {
    this.#file = file;
  }

  executableFor(electron: string): string {
    return canWrap ? wrapper : electron;
  }

  env(electron: string): Record<string, string> {
    return canWrap ? { PATCHBAY_TEST_ELECTRON: electron, PATCHBAY_TEST_LOG: this.#file } : {};
  }

  /** Where there is no wrapper, at least what comes after the connection stands. */
  follow(child: ChildProcess): void {
    if (canWrap) {
      child.once('exit', () => this.text());
      return;
    }
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#kept += chunk.toString();
      });
    }
  }

  /** Adds a line of our own, or of the renderer's console. */
  add(line: string): void {
    this.#added += `${line}\n`;
  }

  text(): string {
    if (canWrap && existsSync(this.#file)) this.#kept = readFileSync(this.#file, 'utf8');
    return `${this.#kept}${this.#added}`;
  }
}
