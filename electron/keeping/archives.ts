import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { everything } from '../../shared/model/journal';
import type { OpenArchive } from '../../shared/model/keeping';
import { fail } from '../../shared/model/problem';
import { type OpenArchiveParts, type OpenedArchive, openArchive } from './open-archive';

/** The archive that is open for reading, one at a time. */
export class Archives {
  #open: (OpenedArchive & { readonly token: string }) | null = null;

  constructor(private readonly parts: OpenArchiveParts) {}

  /** Opens one instead of the one open before. @throws ProblemError `file-unreadable`, `database-newer` */
  async open(path: string): Promise<OpenArchive> {
    this.close();
    const archive = await openArchive(path, this.parts);
    const token = randomUUID();
    this.#open = { ...archive, token };
    return { token, name: basename(path), entries: await archive.history.count(everything) };
  }

  /** @throws ProblemError `not-found` if it is no longer open */
  get(token: string): OpenedArchive {
    return this.#open?.token === token ? this.#open : fail('not-found', { what: 'archive' });
  }

  close(): void {
    this.#open?.close();
    this.#open = null;
  }
}
