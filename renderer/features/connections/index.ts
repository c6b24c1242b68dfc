import { lazy } from 'react';

/** Connections: their dialogs and what is done with one. */
export { ConnectionMenu } from './ConnectionMenu';
export { openConnectionDialog, reopenForm } from './dialogs';

/** The dialogs; loaded once the window is painted. */
export const ConnectionDialogs = lazy(async () => ({
  default: (await import('./ConnectionDialogs')).ConnectionDialogs,
}));
