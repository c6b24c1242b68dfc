import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FieldErrors, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import {
  type ChangeId,
  type WorkOrder,
  type WorkOrderDraft,
  workOrderDraftSchema,
} from '../../../shared/model/change';
import { ask, patchbay, problemOf } from '../../bridge';
import { formatCount } from '../../i18n';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { sayDone } from '../shell/actions';
import { closeWorkOrderDialog } from './dialogs';
import { moveChanges } from './move';
import { currentOrder, workOrderName } from './queries';

const empty: WorkOrderDraft = { name: '', customer: '', ticket: '', note: '' };

/** A new work order, or an existing one's name, customer, ticket and note. */
export function WorkOrderForm({ order, move }: { order: WorkOrder | null; move: readonly ChangeId[] }) {
  const { t } = useTranslation('workorders');
  const { register, handleSubmit, formState } = useForm<WorkOrderDraft>({
    defaultValues: order
      ? { name: order.name, customer: order.customer, ticket: order.ticket, note: order.note }
      : empty,
    mode: 'onTouched',
    resolver: check,
  });
  const save = useMutation({
    mutationFn: (draft: WorkOrderDraft) => (order ? update(order, draft) : make(draft, move)),
    onSuccess: (saved) => {
      const params = { name: workOrderName(saved), count: move.length, n: formatCount(move.length) };
      sayDone(t(order ? 'form.saved' : move.length > 0 ? 'move.done' : 'form.made', params));
      closeWorkOrderDialog();
    },
  });
  const field = (name: keyof WorkOrderDraft) => ({
    ...register(name),
    label: t(`form.${name}`),
    error: formState.errors[name] ? t('form.tooLong') : undefined,
    'data-field': name,
    dir: 'auto' as const,
  });
  return (
    <Modal
      opened
      onClose={closeWorkOrderDialog}
      title={order ? t('form.edit', { name: workOrderName(order) }) : t('form.create')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('ask.no') }}
      size={460}
    >
      <form onSubmit={(event) => void handleSubmit((draft) => save.mutate(draft))(event)} noValidate>
        <Stack gap="md">
          <TextInput {...field('name')} placeholder={t('form.namePlaceholder')} data-autofocus />
          <Group grow gap="md" align="start">
            <TextInput {...field('customer')} />
            <TextInput {...field('ticket')} />
          </Group>
          <Textarea {...field('note')} autosize minRows={3} maxRows={10} />
          {order ? null : (
            <Text size="sm" c="dimmed">
              {t(move.length > 0 ? 'form.takes' : 'form.becomes', {
                count: move.length,
                n: formatCount(move.length),
              })}
            </Text>
          )}
          {save.error ? <ProblemAlert problem={problemOf(save.error)} /> : null}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={closeWorkOrderDialog}>
              {t('ask.no')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t(order ? 'form.save' : 'form.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function update({ id: workOrderId }: WorkOrder, draft: WorkOrderDraft): Promise<WorkOrder> {
  return ask(patchbay.workOrders.update({ workOrderId, draft }));
}

/** A new work order takes the edits from now on; one that is made to take changes over leaves the current as it is. */
async function make(draft: WorkOrderDraft, move: readonly ChangeId[]): Promise<WorkOrder> {
  if (move.length === 0) return ask(patchbay.workOrders.create(draft));
  const current = await currentOrder();
  const made = await ask(patchbay.workOrders.create(draft));
  await moveChanges(move, made.id);
  await ask(patchbay.workOrders.makeCurrent({ workOrderId: current.id }));
  return made;
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
