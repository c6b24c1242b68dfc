import { create } from 'zustand';
import type { ConnectionId } from '../../shared/model/connection';

/** The connection whose form is asked for from elsewhere; the form is the connections' own. */
export const useConnectionToEdit = create<{ readonly asked: ConnectionId | null }>(() => ({ asked: null }));

/** Asks for a connection's form. */
export function editConnection(asked: ConnectionId | null): void {
  useConnectionToEdit.setState({ asked });
}
