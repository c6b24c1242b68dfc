import { clipboard } from 'electron';

const clearAfterSeconds = 30;

/**
 * Puts a secret on the clipboard and takes it off again, unless something else has been copied since. It is taken off
 * when the program quits, too. Reading the clipboard is asynchronous in newer Electron and immediate in older: both
 * are awaited.
 */
export class SecretClipboard {
  #timer: NodeJS.Timeout | undefined;
  #copied: string | null = null;

  /** Whether a secret of ours may still be on the clipboard. */
  get holds(): boolean {
    return this.#copied !== null;
  }

  /** @returns the seconds after which it is cleared */
  copy(secret: string): number {
    clearTimeout(this.#timer);
    this.#copied = secret;
    void clipboard.writeText(secret);
    this.#timer = setTimeout(() => void this.clear(), clearAfterSeconds * 1000);
    return clearAfterSeconds;
  }

  /** The text that is on the clipboard, whoever put it there. */
  async text(): Promise<string> {
    return await clipboard.readText();
  }

  async clear(): Promise<void> {
    clearTimeout(this.#timer);
    const copied = this.#copied;
    this.#copied = null;
    if (copied !== null && (await clipboard.readText()) === copied) await clipboard.clear();
  }
}
