import { join } from 'node:path';
import { app, type BrowserWindow, dialog, type FileFilter } from 'electron';
import { type Language, say, type TextKey } from '../../shared/words';
import type { FilesPort, OpenedKind, SavedKind } from '../ipc/handlers/parts';
import { pageToPdf } from './pdf';

// Systems recognise a file only by what follows its last dot.
const endings: Readonly<Record<SavedKind, string>> = {
  'work-order': 'json',
  html: 'html',
  pdf: 'pdf',
  csv: 'csv',
  jsonl: 'jsonl',
  archive: 'db',
  template: 'json',
  diagnostics: 'txt',
};

const opened: Readonly<Record<OpenedKind, { title: TextKey; endings: string[] }>> = {
  'work-order': { title: 'transfer:takeIn.title', endings: [endings['work-order']] },
  template: { title: 'system:open.template', endings: [endings.template] },
  archive: { title: 'system:open.archive', endings: [endings.archive] },
  authority: { title: 'system:open.authority', endings: ['pem', 'crt', 'cer', 'der', 'txt'] },
  sheet: { title: 'system:open.sheet', endings: ['csv', 'tsv', 'tab', 'txt'] },
};

export interface FileDialogsParts {
  readonly window: () => BrowserWindow | undefined;
  readonly language: () => Language;
}

/** Asks for files in the system's dialogs, above the window. Files are written exactly where the user chose. */
export function fileDialogs({ window, language }: FileDialogsParts): FilesPort {
  const text = (key: TextKey): string => say(language(), key);
  const filters = (kind: SavedKind | OpenedKind, extensions: string[]): FileFilter[] => [
    { name: text(`system:file.${kind}`), extensions },
    { name: text('system:file.all'), extensions: ['*'] },
  ];
  return {
    askSave: async (name, kind) => {
      const options = {
        title: text('system:save'),
        defaultPath: join(app.getPath('documents'), name),
        filters: filters(kind, [endings[kind]]),
        // Linux asks before overwriting only with this.
        properties: ['showOverwriteConfirmation' as const],
      };
      const above = window();
      const { canceled, filePath } = await (above
        ? dialog.showSaveDialog(above, options)
        : dialog.showSaveDialog(options));
      return canceled || filePath === '' ? null : filePath;
    },
    askOpen: async (kind) => {
      const { title, endings } = opened[kind];
      const options = {
        title: text(title),
        filters: filters(kind, endings),
        properties: ['openFile' as const],
      };
      const above = window();
      const { filePaths } = await (above
        ? dialog.showOpenDialog(above, options)
        : dialog.showOpenDialog(options));
      return filePaths[0] ?? null;
    },
    pdf: pageToPdf,
  };
}
