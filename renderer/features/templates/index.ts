/** Templates and copying settings: their dialogs, and choosing fields. */
export { openCopySettings, openManyDialog } from './dialogs';
export { FieldChooser } from './FieldChooser';
export { copiableFields } from './fields';
export { ManyDialogs } from './ManyDialogs';
export { Replaces } from './Replaces';
export { useFieldChoice } from './useFieldChoice';
