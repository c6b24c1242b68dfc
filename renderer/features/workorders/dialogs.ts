import { create } from 'zustand';
import type { WorkOrder } from '../../../shared/model/change';
import type { Picked } from './picked';

/** What a work order's dialog is for: a new one (that takes some changes over), one to edit, one to close. */
export type WorkOrderDialog =
  | { readonly type: 'create'; readonly takes?: Picked }
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
