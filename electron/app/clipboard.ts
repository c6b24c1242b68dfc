import { type Clipboard, ClipboardItem, clipboard } from 'electron';

const clearAfterSeconds = 30;

/**
 * Puts a secret on the clipboard and clears it later, unless something else was copied since. Also cleared when the
 * program quits. Reading the clipboard is asynchronous in newer Electron and synchronous in older: both are awaited.
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
    void write(secret);
    this.#timer = setTimeout(() => void this.clear(), clearAfterSeconds * 1000);
    return clearAfterSeconds;
  }

  /** Returns the text on the clipboard; empty if it is a secret copied here, which is meant for elsewhere. */
  async text(): Promise<string> {
    const text = await clipboard.readText();
    return text === this.#copied ? '' : text;
  }

  async clear(): Promise<void> {
    clearTimeout(this.#timer);
    const copied = this.#copied;
    this.#copied = null;
    if (copied === null) return;
    for (const board of [clipboard, primarySelection()]) {
      if (board && (await board.readText()).trim() === copied.trim()) await board.clear();
    }
  }
}

/** Asks clipboard histories, cloud sync and watchers to skip this entry: formats of Windows, macOS and KDE. */
const leaveOut: Readonly<
  Partial<Record<NodeJS.Platform, Readonly<Record<string, Uint8Array<ArrayBuffer>>>>>
> = {
  win32: {
    ExcludeClipboardContentFromMonitorProcessing: new Uint8Array([1, 0, 0, 0]),
    CanIncludeInClipboardHistory: new Uint8Array(4),
    CanUploadToCloudClipboard: new Uint8Array(4),
  },
  darwin: { 'org.nspasteboard.ConcealedType': new Uint8Array([1]) },
  linux: { 'x-kde-passwordManagerHint': new TextEncoder().encode('secret') },
};

/** Writes text and marks together where the engine can: separate writes would replace each other. */
async function write(secret: string): Promise<void> {
  const marks = leaveOut[process.platform];
  if (typeof ClipboardItem === 'function' && marks) {
    try {
      const formats = Object.entries(marks).map(
        ([format, bytes]) =>
          [`electron application/osclipboard;format="${format}"`, new Blob([bytes])] as const,
      );
      await clipboard.write([new ClipboardItem({ 'text/plain': secret, ...Object.fromEntries(formats) })]);
      return;
    } catch {
      // A clipboard that accepts no marks must still get the text.
    }
  }
  await clipboard.writeText(secret);
}

/** X11's second clipboard, which receives any mouse selection, for example a revealed secret. */
function primarySelection(): Pick<Clipboard, 'readText' | 'clear'> | null {
  if (process.platform !== 'linux') return null;
  if (Reflect.get(clipboard, 'selection')) return clipboard.selection;
  // Older engines name it in the call.
  return {
    readText: async () => String(await Reflect.apply(clipboard.readText, clipboard, ['selection'])),
    clear: () => Reflect.apply(clipboard.clear, clipboard, ['selection']),
  };
}
