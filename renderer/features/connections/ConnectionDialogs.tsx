import { ConnectionDialog } from './ConnectionDialog';
import { DuplicateDialog } from './DuplicateDialog';
import { closeConnectionDialog, useConnectionDialog } from './dialogs';
import { useConnections } from './queries';
import { RemoveDialog } from './RemoveDialog';

/** The dialogs of the connections, whichever of them stands open. */
export function ConnectionDialogs() {
  const dialog = useConnectionDialog((state) => state.dialog);
  const connections = useConnections();
  if (!dialog) return null;
  if (dialog.type === 'add') {
    return <ConnectionDialog connection={null} others={connections} onClose={closeConnectionDialog} />;
  }
  const connection = connections.find((one) => one.id === dialog.connectionId);
  if (!connection) return null;
  const { id } = connection;
  switch (dialog.type) {
    case 'edit': {
      const others = connections.filter((one) => one.id !== id);
      return (
        <ConnectionDialog key={id} connection={connection} others={others} onClose={closeConnectionDialog} />
      );
    }
    case 'duplicate':
      return <DuplicateDialog key={id} connection={connection} onClose={closeConnectionDialog} />;
    case 'remove':
      return <RemoveDialog key={id} connection={connection} onClose={closeConnectionDialog} />;
  }
}
