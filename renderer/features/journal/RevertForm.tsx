import { Checkbox, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ofCollection } from '../../../shared/catalog';
import type { WorkOrder } from '../../../shared/model/change';
import type { JournalItem } from '../../../shared/model/journal';
import type { RevertInto, RevertReport, RevertWhat } from '../../../shared/model/revert';
import { ask, patchbay } from '../../program/bridge';
import { queryClient } from '../../program/queries';
import { currentOrder } from '../../program/work-orders';
import { DiffLine } from '../../ui/DiffLine';
import { DialogForm } from '../../ui/FormDialog';
import layout from '../../ui/layout.module.css';
import { RecordTitle } from '../../ui/RecordTitle';
import { useAction } from '../../ui/useAction';
import { exactMoment } from './exact-moment';
import classes from './History.module.css';
import { RevertPreview } from './RevertPreview';
import { RevertResult } from './RevertResult';
import type { HistoryRequest } from './requests';

type Side = 'before' | 'after';

/** Asks what to take back, prepares that as changes, and shows the result. Writes nothing. */
export function RevertForm({
  request: { type, item },
  onClose,
}: {
  request: HistoryRequest;
  onClose: () => void;
}) {
  const { t } = useTranslation('journal');
  const [own, setOwn] = useState(true);
  const [ticked, setTicked] = useState<readonly string[]>(item.fields.map(({ field }) => field));
  const [side, setSide] = useState<Side>('before');
  const revert = useAction({
    work: async (): Promise<{ report: RevertReport; into: WorkOrder }> => {
      const name = t('revert.own', { name: type === 'revert-order' ? item.workOrder : item.title }).slice(
        0,
        120,
      );
      const report = await requested(type, item, ticked, side, own ? { own: name } : 'current');
      await queryClient.invalidateQueries({ queryKey: ['workOrders'] });
      return { report, into: report.into ?? (await currentOrder()) };
    },
  });
  if (revert.result) return <RevertResult item={item} {...revert.result} onClose={onClose} />;
  const nothing = type === 'revert' && ticked.length === 0;
  const what = nothing ? null : asked(type, item, ticked, side);
  return (
    <DialogForm
      confirm={t('revert.prepare')}
      cancel={t('cancel')}
      action={revert}
      onSubmit={revert.run}
      onCancel={onClose}
      disabled={nothing}
    >
      <Text size="md">
        <span className={layout.strong}>
          {type === 'revert-order' ? <bdi>{item.workOrder}</bdi> : <RecordTitle title={item.title} />}
        </span>
        {type === 'revert-order' ? null : <span className={layout.muted}> · {exactMoment(item.at)}</span>}
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
      {type === 'revert-order' ? (
        <Text size="sm" c="dimmed">
          {t('revert-order.what')}
        </Text>
      ) : null}
      {what ? (
        <RevertPreview
          of={what}
          own={type !== 'revert' && own}
          choose={type !== 'revert'}
          onChoose={setOwn}
        />
      ) : null}
    </DialogForm>
  );
}

/** What is asked for; all fields of an entry go as none named, so that its side effects are part of it. */
function asked(
  type: HistoryRequest['type'],
  item: JournalItem,
  ticked: readonly string[],
  side: Side,
): RevertWhat {
  if (type === 'revert-order' && item.workOrderId !== null)
    return { what: 'order', workOrderId: item.workOrderId };
  if (type === 'revert-to') return { what: 'moment', seq: item.seq, side };
  const whole = ticked.length === item.fields.length;
  return { what: 'entry', seq: item.seq, fields: whole ? null : [...ticked] };
}

function requested(
  type: HistoryRequest['type'],
  item: JournalItem,
  ticked: readonly string[],
  side: Side,
  into: RevertInto,
): Promise<RevertReport> {
  const of = asked(type, item, ticked, side);
  switch (of.what) {
    case 'order':
      return ask(patchbay.journal.revertWorkOrder({ workOrderId: of.workOrderId, into }));
    case 'moment':
      return ask(patchbay.journal.revertTo({ seq: of.seq, side: of.side, into }));
    case 'entry':
      return ask(patchbay.journal.revert({ seq: of.seq, fields: of.fields }));
  }
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
            label={<DiffLine of={ofCollection(item)} field={field} from={after} to={before} />}
            classNames={{ body: classes.tick, labelWrapper: layout.shrink }}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}
