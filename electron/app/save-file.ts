import { join } from 'node:path';
import { app, type BrowserWindow, dialog, type FileFilter } from 'electron';
import type { Localised } from '../../shared/catalog';
import type { Preferences } from '../../shared/model/workspace';
import type { FilesPort, SavedKind } from '../ipc/handlers/transfer';
import { pageToPdf } from './pdf';

// Asked by the system's own dialogs, which the window's translations do not reach.
const texts = {
  save: { en: 'Write to a file', fa: 'نوشتن در فایل' },
  open: { en: 'Take in a work order', fa: 'وارد کردن دستور کار' },
  'open-archive': { en: 'Open an archive', fa: 'باز کردن بایگانی' },
  'work-order': { en: 'Patchbay work order', fa: 'دستور کار Patchbay' },
  html: { en: 'Web page', fa: 'صفحهٔ وب' },
  pdf: { en: 'PDF document', fa: 'سند PDF' },
  csv: { en: 'Table (CSV)', fa: 'جدول (CSV)' },
  jsonl: { en: 'JSON lines', fa: 'سطرهای JSON' },
  archive: { en: 'Archive of the history', fa: 'بایگانی تاریخچه' },
  all: { en: 'All files', fa: 'همهٔ فایل‌ها' },
} as const satisfies Record<string, Localised>;

// Systems know a file by what stands behind its last dot only.
const endings: Readonly<Record<SavedKind, string>> = {
  'work-order': 'json',
  html: 'html',
  pdf: 'pdf',
  csv: 'csv',
  jsonl: 'jsonl',
  archive: 'db',
};

export interface FileDialogsParts {
  readonly window: () => BrowserWindow | undefined;
  readonly language: () => Preferences['language'];
}

/** Asks for files by the system's dialogs, above the window. What is written goes exactly where the person said. */
export function fileDialogs({ window, language }: FileDialogsParts): FilesPort {
  const say = (text: keyof typeof texts): string => texts[text][language()];
  const filters = (kind: SavedKind): FileFilter[] => [
    { name: say(kind), extensions: [endings[kind]] },
    { name: say('all'), extensions: ['*'] },
  ];
  return {
    askSave: async (name, kind) => {
      const options = {
        title: say('save'),
        defaultPath: join(app.getPath('documents'), name),
        filters: filters(kind),
        // Linux asks before it overwrites only where it is told to.
        properties: ['showOverwriteConfirmation' as const],
      };
      const above = window();
      const { canceled, filePath } = await (above
        ? dialog.showSaveDialog(above, options)
        : dialog.showSaveDialog(options));
      return canceled || filePath === '' ? null : filePath;
    },
    askOpen: async (kind) => {
      const options = {
        title: say(kind === 'archive' ? 'open-archive' : 'open'),
        filters: filters(kind),
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
