import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import type { WorkOrder } from '../../../../shared/model/change';
import { problemOf } from '../../../../shared/model/problem';
import type { Language } from '../../../i18n';
import { sayDone, sayProblem } from '../../../program/actions';
import { ask, patchbay } from '../../../program/bridge';
import { isolate } from '../../../ui/isolate';

export type SummaryKind = 'html' | 'pdf';

/** Writes a summary where the person says; says where it stands, or what went wrong. */
export async function writeSummary(order: WorkOrder, what: SummaryKind, language: Language): Promise<void> {
  const notice = `summary ${order.id}`;
  notifications.hide(notice);
  try {
    const { saved } = await ask(patchbay.workOrders.summary({ workOrderId: order.id, what, language }));
    if (saved !== null) sayDone(i18next.t('transfer:written', { path: isolate(saved) }));
  } catch (error) {
    sayProblem(notice, `WO-${order.number}`, problemOf(error));
  }
}
