import type { ElectronApplication } from 'playwright-core';

/** Answers the system's next file dialogs with this path, as a person would who chooses it. */
export async function answerDialogs(app: ElectronApplication, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, filePath);
}

/** Answers the system's questions with their first button. @returns what was asked until now */
export async function answerQuestions(app: ElectronApplication): Promise<() => Promise<string[]>> {
  await app.evaluate(({ dialog: system }) => {
    const said: string[] = [];
    Reflect.set(globalThis, 'asked', said);
    Reflect.set(system, 'showMessageBox', async (_window: unknown, options: { detail: string }) => {
      said.push(options.detail);
      return { response: 0, checkboxChecked: false };
    });
  });
  return () => app.evaluate(() => Reflect.get(globalThis, 'asked') as string[]);
}

/** Closes the window as a person does with its cross, which the program may answer with a question. */
export async function closeByCross(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.close();
  });
}

/**
 * Keeps the program from starting itself again, so that the test can: a window that nobody launched is one that nobody
 * can look into. Everything else of a restart is as it is.
 */
export async function restartByHand(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ app: program }) => {
    program.relaunch = () => undefined;
  });
}

/** Waits until the program has ended by itself. */
export async function ended(app: ElectronApplication): Promise<void> {
  const child = app.process();
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
}
