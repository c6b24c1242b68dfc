import { lazy } from 'react';

/** Templates and copying settings: their dialogs, and choosing fields. */
export { openCopySettings, openManyDialog } from './dialogs';
export { FieldChooser } from './FieldChooser';
export { copiableFields } from './fields';
export { Replaces } from './Replaces';
export { useFieldChoice } from './useFieldChoice';

/** The dialogs; loaded once the window is painted. */
export const ManyDialogs = lazy(async () => ({ default: (await import('./ManyDialogs')).ManyDialogs }));
