import { create } from 'zustand';
import { type ConnectionId, connectionIdSchema } from '../../../shared/model/connection';
import { loadFormDraft } from './form-draft';

type Dialog =
  | { readonly type: 'add' }
  | { readonly type: 'edit'; readonly connectionId: ConnectionId }
  | { readonly type: 'duplicate'; readonly connectionId: ConnectionId }
  | { readonly type: 'remove'; readonly connectionId: ConnectionId };

/** Which of the connections' dialogs is open; opened from the side list, the overview and the palette. */
export const useConnectionDialog = create<{ readonly dialog: Dialog | null }>(() => ({ dialog: null }));

/** Opens one of the connections' dialogs. */
export function openConnectionDialog(dialog: Dialog): void {
  useConnectionDialog.setState({ dialog });
}

/** Opens the form again that stood open when the window was started again. */
export async function reopenForm(): Promise<void> {
  const draft = await loadFormDraft();
  if (!draft) return;
  const id = connectionIdSchema.safeParse(draft.connectionId);
  openConnectionDialog(id.success ? { type: 'edit', connectionId: id.data } : { type: 'add' });
}

/** Closes the open dialog. */
export function closeConnectionDialog(): void {
  useConnectionDialog.setState({ dialog: null });
}
