import { randomUUID } from 'node:crypto';
import { release } from 'node:os';
import { fail } from '../../shared/model/problem';
import { writeWhole } from '../files/disk';
import type { Log } from './log';
import type { Masks } from './masks';

export type Facts = Readonly<Record<string, string | number | boolean | null>>;

export interface DiagnosticsParts {
  readonly log: Log;
  readonly masks: Masks;
  readonly version: string;
  readonly schema: () => number;
  /** Settings and counts by name: no record's value, no customer's name. */
  readonly facts: () => Promise<Facts>;
  readonly askSave: () => Promise<string | null>;
}

/**
 * The diagnostics for support: versions, settings, counts, the end of the log; masked once more as a whole. The user
 * sees exactly the text that will be written.
 */
export class Diagnostics {
  #shown: { readonly token: string; readonly text: string } | null = null;

  constructor(private readonly parts: DiagnosticsParts) {}

  async make(): Promise<{ token: string; text: string }> {
    const { log, masks, version, schema, facts } = this.parts;
    const { electron = '', node = '', chrome = '' } = process.versions;
    const head: Facts = {
      made: new Date().toISOString(),
      patchbay: version,
      electron,
      node,
      chrome,
      system: `${process.platform} ${process.arch} ${release()}`,
      schema: schema(),
      ...(await facts()),
    };
    const lines = Object.entries(head).map(([name, value]) => `${name}: ${String(value)}`);
    const text = masks.mask(['Patchbay diagnostics', ...lines, '', 'log', ...log.tail(300), ''].join('\n'));
    this.#shown = { token: randomUUID(), text };
    return this.#shown;
  }

  /** Asks for a path and writes exactly the text that was shown. @returns null if cancelled */
  async save(token: string): Promise<string | null> {
    const shown = this.#shown;
    if (shown?.token !== token) return fail('not-found', { what: 'diagnostics' });
    const path = await this.parts.askSave();
    if (path !== null) await writeWhole(path, shown.text);
    return path;
  }
}
