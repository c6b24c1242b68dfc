import type { ElectronApplication } from 'playwright-core';

/**
 * Records everything that crosses between the window and the main process, in both directions, from now on.
 *
 * It takes hold of `ipcMain._invokeHandlers`, which is Electron's own and not public: the recording has to stand
 * between Electron and the program's handlers, and a hook in the program for it would be one more way in. Where the
 * map is gone in a later Electron, this throws, so that nobody takes silence for a clean wire.
 */
export async function recordWire(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ ipcMain, BrowserWindow }) => {
    const wire: string[] = [];
    Object.assign(globalThis, { wire });
    const note = (what: string, value: unknown) => wire.push(`${what} ${JSON.stringify(value) ?? ''}`);
    const handlers: unknown = Reflect.get(ipcMain, '_invokeHandlers');
    if (!(handlers instanceof Map) || handlers.size === 0) throw new Error('no handlers to listen at');
    for (const [channel, handler] of [...handlers]) {
      handlers.set(channel, async (event: unknown, ...args: unknown[]) => {
        note(`> ${channel}`, args);
        const answer: unknown = await handler(event, ...args);
        note(`< ${channel}`, answer);
        return answer;
      });
    }
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      const send = webContents.send.bind(webContents);
      webContents.send = (channel: string, ...args: unknown[]) => {
        note(`! ${channel}`, args);
        send(channel, ...args);
      };
    }
  });
}

/** What was recorded: a line a message; `>` from the window, `<` the answer, `!` unasked. */
export async function wireOf(app: ElectronApplication): Promise<readonly string[]> {
  return app.evaluate(() => {
    const wire: unknown = Reflect.get(globalThis, 'wire');
    return Array.isArray(wire) ? wire.map(String) : [];
  });
}
