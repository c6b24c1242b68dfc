import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** What the tour prints and leaves: a line a step, a picture a step, and whether every check held. */
export class Report {
  #step = 0;
  #failed: string[] = [];
  #passed = 0;

  private constructor(
    private readonly page: Page,
    private readonly folder: string,
    private readonly say: (line: string) => void,
  ) {}

  /** A report whose pictures go to a folder that is emptied first. */
  static async start(page: Page, folder: string, say: (line: string) => void): Promise<Report> {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return new Report(page, folder, say);
  }

  /** Begins a step. */
  step(what: string): void {
    this.#step += 1;
    this.say(`${String(this.#step).padStart(2)}  ${what}`);
  }

  /** Notes whether something that must hold does; `seen` is printed where it does not. */
  check(what: string, holds: boolean, seen?: unknown): void {
    if (holds) this.#passed += 1;
    else this.#failed.push(what);
    this.say(
      `      ${holds ? 'ok    ' : 'WRONG '} ${what}${holds ? '' : ` (seen: ${JSON.stringify(seen)})`}`,
    );
  }

  /** Leaves a picture of the window as it is. */
  async picture(name: string): Promise<void> {
    // Fonts and the last animation: a picture in between helps nobody.
    await this.page.evaluate(() => document.fonts.ready);
    await this.page.waitForTimeout(250);
    const file = `${String(this.#step).padStart(2, '0')}-${name}.png`;
    await this.page.screenshot({ path: path.join(this.folder, file), animations: 'disabled' });
    this.say(`      picture ${file}`);
  }

  /** Prints the sum. @returns whether everything held */
  end(): boolean {
    this.say('');
    for (const what of this.#failed) this.say(`WRONG: ${what}`);
    this.say(
      `tour: ${this.#passed} checks held, ${this.#failed.length} did not; pictures in ${path.basename(this.folder)}/`,
    );
    return this.#failed.length === 0;
  }
}
