/** Connections: their dialogs and what is done with one. */
export { ConnectionDialogs } from './ConnectionDialogs';
export { ConnectionMenu } from './ConnectionMenu';
export { openConnectionDialog, reopenForm } from './dialogs';
