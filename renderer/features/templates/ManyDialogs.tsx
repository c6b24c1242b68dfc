import { CopySettings } from './CopySettings';
import { CreateTemplate } from './CreateTemplate';
import { useManyDialog } from './dialogs';
import { RemoveTemplate } from './RemoveTemplate';
import { SaveTemplate } from './SaveTemplate';
import { UseTemplate } from './UseTemplate';

/** The dialogs of templates and of copying settings, whichever of them stands open. */
export function ManyDialogs() {
  const dialog = useManyDialog((state) => state.dialog);
  switch (dialog?.type) {
    case undefined:
      return null;
    case 'create':
      return <CreateTemplate of={dialog.of} />;
    case 'save-record':
      return <SaveTemplate record={dialog.record} />;
    case 'use':
      return <UseTemplate use={dialog} />;
    case 'remove':
      return <RemoveTemplate template={dialog.template} />;
    case 'copy':
      return <CopySettings record={dialog.record} />;
  }
}
