import { useEffect } from 'react';
import { useConnections } from '../../program/connections';
import { editConnection, useConnectionToEdit } from '../../program/edit-connection';
import { ConnectionDialog } from './ConnectionDialog';
import { DuplicateDialog } from './DuplicateDialog';
import { closeConnectionDialog, openConnectionDialog, useConnectionDialog } from './dialogs';
import { MoveDialog } from './MoveDialog';
import { RemoveDialog } from './RemoveDialog';

/** The open one of the connections' dialogs. */
export function ConnectionDialogs() {
  return (
    <>
      <OpenDialog />
      <OpenAsked />
      <MoveDialog />
    </>
  );
}

/** Opens the form that a cure asks for. */
function OpenAsked() {
  const asked = useConnectionToEdit((state) => state.asked);
  useEffect(() => {
    if (asked === null) return;
    editConnection(null);
    openConnectionDialog({ type: 'edit', connectionId: asked });
  }, [asked]);
  return null;
}

function OpenDialog() {
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
