import { readFileSync } from 'node:fs';
import { dialog } from 'electron';

/**
 * Answers the system's file dialogs with the path in the file that `PATCHBAY_TEST_DIALOGS` names. For the build that
 * tests a package: its fuses keep tests from the main process, where they answer dialogs otherwise.
 */
export function answerDialogsFromFile(): void {
  const file = process.env.PATCHBAY_TEST_DIALOGS;
  if (!file) return;
  const chosen = (): string => readFileSync(file, 'utf8').trim();
  dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen() });
  dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen()] });
}
