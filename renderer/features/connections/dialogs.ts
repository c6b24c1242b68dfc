import { create } from 'zustand';
import type { ConnectionId } from '../../../shared/model/connection';

type Dialog =
  | { readonly type: 'add' }
  | { readonly type: 'edit'; readonly connectionId: ConnectionId }
  | { readonly type: 'duplicate'; readonly connectionId: ConnectionId }
  | { readonly type: 'remove'; readonly connectionId: ConnectionId };

/** Which of the connections' dialogs stands open; opened from the side list, the overview and the palette. */
export const useConnectionDialog = create<{ readonly dialog: Dialog | null }>(() => ({ dialog: null }));

/** Opens one of the connections' dialogs. */
export function openConnectionDialog(dialog: Dialog): void {
  useConnectionDialog.setState({ dialog });
}

/** Closes the one that stands open. */
export function closeConnectionDialog(): void {
  useConnectionDialog.setState({ dialog: null });
}
