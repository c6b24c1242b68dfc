import { Button, Checkbox, Group, Radio, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkOrder } from '../../../shared/model/change';
import type { JournalItem, RevertReport } from '../../../shared/model/journal';
import { ask, patchbay, problemOf } from '../../bridge';
import { queryClient } from '../../queries';
import { DiffLine } from '../../ui/DiffLine';
import { isolate } from '../../ui/isolate';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { RecordTitle } from '../../ui/RecordTitle';
import { currentOrder, useCurrentOrder, workOrderName } from '../workorders/queries';
import { exactMoment } from './exact-moment';
import classes from './History.module.css';
import { RevertResult } from './RevertResult';
import type { HistoryRequest } from './requests';

type Side = 'before' | 'after';

/** Asks what of it shall be taken back, prepares that as changes, and shows what became of it. Writes nothing. */
export function RevertForm({
  request: { type, item },
  onClose,
}: {
  request: HistoryRequest;
  onClose: () => void;
}) {
  const { t } = useTranslation('journal');
  const current = useCurrentOrder();
  const [ticked, setTicked] = useState<readonly string[]>(item.fields.map(({ field }) => field));
  const [side, setSide] = useState<Side>('before');
  const revert = useMutation({
    mutationFn: async (): Promise<{ report: RevertReport; into: WorkOrder }> => {
      const report = await requested(type, item, ticked, side);
      await queryClient.invalidateQueries({ queryKey: ['workOrders'] });
      return { report, into: await currentOrder() };
    },
  });
  if (revert.data) return <RevertResult item={item} {...revert.data} onClose={onClose} />;
  const nothing = type === 'revert' && ticked.length === 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!nothing) revert.mutate();
      }}
    >
      <Stack gap="md">
        <Text size="md">
          <span className={classes.strong}>
            {type === 'revert-order' ? <bdi>{item.workOrder}</bdi> : <RecordTitle title={item.title} />}
          </span>
          {type === 'revert-order' ? null : <span className={classes.quiet}> · {exactMoment(item.at)}</span>}
        </Text>
        {type === 'revert' ? <Fields item={item} ticked={ticked} onTick={setTicked} /> : null}
        {type === 'revert-to' ? (
          <Radio.Group
            label={t('revert-to.which')}
            value={side}
            onChange={(value) => setSide(value === 'after' ? 'after' : 'before')}
          >
            <Stack gap={6} mt={6}>
              <Radio size="xs" value="before" label={t('revert-to.before')} data-autofocus />
              <Radio size="xs" value="after" label={t('revert-to.after')} />
            </Stack>
          </Radio.Group>
        ) : null}
        <Text size="sm" c="dimmed">
          {type === 'revert-order' ? `${t('revert-order.what')} ` : ''}
          {t('revert.promise', { name: isolate(current ? workOrderName(current) : '…') })}
        </Text>
        {revert.error ? <ProblemAlert problem={problemOf(revert.error)} /> : null}
        <Group gap="sm" justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={nothing} loading={revert.isPending}>
            {t('revert.prepare')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What is asked for; all fields of an entry go as none named, so that its side effects are part of it. */
function requested(
  type: HistoryRequest['type'],
  item: JournalItem,
  ticked: readonly string[],
  side: Side,
): Promise<RevertReport> {
  if (type === 'revert-order' && item.workOrderId !== null)
    return ask(patchbay.journal.revertWorkOrder({ workOrderId: item.workOrderId }));
  if (type === 'revert-to') return ask(patchbay.journal.revertTo({ seq: item.seq, side }));
  const whole = ticked.length === item.fields.length;
  return ask(patchbay.journal.revert({ seq: item.seq, fields: whole ? null : [...ticked] }));
}

/** The entry's fields, the way back: after → before. */
function Fields({
  item,
  ticked,
  onTick,
}: {
  item: JournalItem;
  ticked: readonly string[];
  onTick: (fields: readonly string[]) => void;
}) {
  const { t } = useTranslation('journal');
  return (
    <Checkbox.Group label={t('revert.which')} value={[...ticked]} onChange={onTick}>
      <div className={classes.ticks}>
        {item.fields.map(({ field, before, after }) => (
          <Checkbox
            key={field}
            value={field}
            data-tick={field}
            label={<DiffLine kind={item.kind} field={field} from={after} to={before} />}
            classNames={{ body: classes.tick, labelWrapper: classes.tickLabel }}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}
