import { create } from 'zustand';
import type { ChangeId, WorkOrder } from '../../../shared/model/change';

/** What a work order's dialog is for: a new one (that takes some changes over), one to edit, one to close. */
export type WorkOrderDialog =
  | { readonly type: 'create'; readonly move?: readonly ChangeId[] }
  | { readonly type: 'edit'; readonly order: WorkOrder }
  | { readonly type: 'close'; readonly order: WorkOrder };

/** The dialog of the work orders that stands open. */
export const useWorkOrderDialog = create<{ readonly dialog: WorkOrderDialog | null }>(() => ({
  dialog: null,
}));

export function openWorkOrderDialog(dialog: WorkOrderDialog): void {
  useWorkOrderDialog.setState({ dialog });
}

export function closeWorkOrderDialog(): void {
  useWorkOrderDialog.setState({ dialog: null });
}
