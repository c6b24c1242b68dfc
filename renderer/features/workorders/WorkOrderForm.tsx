import { Group, Text } from '@mantine/core';
import { type FieldErrors, useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type WorkOrder, type WorkOrderDraft, workOrderDraftSchema } from '../../../shared/model/change';
import { formatCount } from '../../i18n';
import { sayDone } from '../../program/actions';
import { ask, patchbay } from '../../program/bridge';
import { workOrderName } from '../../program/work-orders';
import { FormDialog } from '../../ui/FormDialog';
import { Textarea, TextInput } from '../../ui/inputs';
import { useAction } from '../../ui/useAction';
import { closeWorkOrderDialog } from './dialogs';
import type { Picked } from './picked';

const empty: WorkOrderDraft = { name: '', customer: '', ticket: '', note: '' };

/** A new work order, or an existing one's name, customer, ticket and note. */
export function WorkOrderForm({ order, takes }: { order: WorkOrder | null; takes: Picked | null }) {
  const { t } = useTranslation('workorders');
  const count = takes?.count ?? 0;
  const { control, register, handleSubmit, formState } = useForm<WorkOrderDraft>({
    defaultValues: order
      ? { name: order.name, customer: order.customer, ticket: order.ticket, note: order.note }
      : empty,
    mode: 'onTouched',
    resolver: check,
  });
  const save = useAction({
    work: (draft: WorkOrderDraft) => (order ? update(order, draft) : make(draft, takes)),
    done: (saved) => {
      const params = { name: workOrderName(saved), count, n: formatCount(count) };
      sayDone(t(order ? 'form.saved' : takes ? 'move.done' : 'form.made', params));
      closeWorkOrderDialog();
    },
  });
  const typed = useWatch({ control });
  const field = (name: keyof WorkOrderDraft) => ({
    ...register(name),
    value: typed[name] ?? '',
    label: t(`form.${name}`),
    error: formState.errors[name] ? t('form.tooLong') : undefined,
    'data-field': name,
  });
  return (
    <FormDialog
      title={order ? t('form.edit', { name: workOrderName(order) }) : t('form.create')}
      confirm={t(order ? 'form.save' : 'form.make')}
      cancel={t('ask.no')}
      action={save}
      onSubmit={() => void handleSubmit((draft) => save.run(draft))()}
      onClose={closeWorkOrderDialog}
      size={460}
      stays
    >
      <TextInput {...field('name')} placeholder={t('form.namePlaceholder')} data-autofocus />
      <Group grow gap="md" align="start">
        <TextInput {...field('customer')} />
        <TextInput {...field('ticket')} />
      </Group>
      <Textarea {...field('note')} autosize minRows={3} maxRows={10} />
      {order ? null : (
        <Text size="sm" c="dimmed">
          {t(takes ? 'form.takes' : 'form.becomes', { count, n: formatCount(count) })}
        </Text>
      )}
    </FormDialog>
  );
}

function update({ id: workOrderId }: WorkOrder, draft: WorkOrderDraft): Promise<WorkOrder> {
  return ask(patchbay.workOrders.update({ workOrderId, draft }));
}

function make(draft: WorkOrderDraft, takes: Picked | null): Promise<WorkOrder> {
  return ask(patchbay.workOrders.create({ ...draft, takes: takes?.changes }));
}

function check(values: WorkOrderDraft) {
  const parsed = workOrderDraftSchema.safeParse(values);
  if (parsed.success) return { values: parsed.data, errors: {} };
  const errors: FieldErrors<WorkOrderDraft> = {};
  for (const issue of parsed.error.issues) {
    Object.assign(errors, { [String(issue.path[0])]: { type: issue.code, message: issue.code } });
  }
  return { values: {}, errors };
}
