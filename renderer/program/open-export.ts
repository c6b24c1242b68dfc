import { create } from 'zustand';
import type { ConnectionId } from '../../shared/model/connection';
import type { GridQueryInput } from '../../shared/model/many';

/** What is to be written to a spreadsheet, as the person stood before it. */
export interface ExportAsked {
  readonly connectionId: ConnectionId;
  /** The grid's filter and order. */
  readonly query: GridQueryInput;
  /** Which rows are chosen at first. */
  readonly rows: 'all' | 'shown' | 'selected';
}

/** The export that is being asked about. */
export const useExportAsked = create<{ readonly asked: ExportAsked | null }>(() => ({ asked: null }));

/** Opens the dialog that writes a directory, or a part of it, to a spreadsheet. */
export function openExportDialog(asked: ExportAsked): void {
  useExportAsked.setState({ asked });
}

export function closeExportDialog(): void {
  useExportAsked.setState({ asked: null });
}
