import { CloseOrderDialog } from './CloseOrderDialog';
import { useWorkOrderDialog } from './dialogs';
import { WorkOrderForm } from './WorkOrderForm';

/** The dialogs of the work orders, whichever of them stands open. */
export function WorkOrderDialogs() {
  const dialog = useWorkOrderDialog((state) => state.dialog);
  if (!dialog) return null;
  if (dialog.type === 'close') return <CloseOrderDialog order={dialog.order} />;
  return dialog.type === 'edit' ? (
    <WorkOrderForm order={dialog.order} takes={null} />
  ) : (
    <WorkOrderForm order={null} takes={dialog.takes ?? null} />
  );
}
