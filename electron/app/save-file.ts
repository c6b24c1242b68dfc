import { join } from 'node:path';
import { app, type BrowserWindow, dialog, type FileFilter } from 'electron';
import type { Localised } from '../../shared/catalog';
import type { Preferences } from '../../shared/model/workspace';
import type { FilesPort, OpenedKind, SavedKind } from '../ipc/handlers/transfer';
import { pageToPdf } from './pdf';

// Asked by the system's own dialogs, which the window's translations do not reach.
const texts = {
  save: { en: 'Write to a file', fa: 'نوشتن در فایل' },
  open: { en: 'Take in a work order', fa: 'وارد کردن دستور کار' },
  openArchive: { en: 'Open an archive', fa: 'باز کردن بایگانی' },
  openTemplate: { en: 'Take in templates', fa: 'وارد کردن الگوها' },
  openSheet: { en: 'Take in a spreadsheet', fa: 'وارد کردن صفحه‌گسترده' },
  sheet: { en: 'Table (CSV, TSV, text)', fa: 'جدول (CSV، TSV، متن)' },
  'work-order': { en: 'Patchbay work order', fa: 'دستور کار Patchbay' },
  html: { en: 'Web page', fa: 'صفحهٔ وب' },
  pdf: { en: 'PDF document', fa: 'سند PDF' },
  csv: { en: 'Table (CSV)', fa: 'جدول (CSV)' },
  jsonl: { en: 'JSON lines', fa: 'سطرهای JSON' },
  template: { en: 'Patchbay templates', fa: 'الگوهای Patchbay' },
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
  template: 'json',
};

const opened: Readonly<Record<OpenedKind, { title: keyof typeof texts; endings: string[] }>> = {
  'work-order': { title: 'open', endings: [endings['work-order']] },
  template: { title: 'openTemplate', endings: [endings.template] },
  archive: { title: 'openArchive', endings: [endings.archive] },
  sheet: { title: 'openSheet', endings: ['csv', 'tsv', 'tab', 'txt'] },
};

export interface FileDialogsParts {
  readonly window: () => BrowserWindow | undefined;
  readonly language: () => Preferences['language'];
}

/** Asks for files by the system's dialogs, above the window. What is written goes exactly where the person said. */
export function fileDialogs({ window, language }: FileDialogsParts): FilesPort {
  const say = (text: keyof typeof texts): string => texts[text][language()];
  const filters = (kind: SavedKind | OpenedKind, extensions: string[]): FileFilter[] => [
    { name: say(kind), extensions },
    { name: say('all'), extensions: ['*'] },
  ];
  return {
    askSave: async (name, kind) => {
      const options = {
        title: say('save'),
        defaultPath: join(app.getPath('documents'), name),
        filters: filters(kind, [endings[kind]]),
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
      const { title, endings } = opened[kind];
      const options = {
        title: say(title),
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
