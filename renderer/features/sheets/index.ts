import { lazy } from 'react';

/** Writing records to a spreadsheet: the dialog, loaded once the window is painted. */
export const ExportDialog = lazy(async () => ({ default: (await import('./ExportDialog')).ExportDialog }));
