import { Button, Checkbox } from '@mantine/core';
import { IconAlertCircle, IconArrowBackUp } from '@tabler/icons-react';
import { memo, useCallback, useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import type { Change, ChangeField, ChangeId } from '../../../shared/model/change';
import { type Connection, type RecordsOf, recordsOf } from '../../../shared/model/connection';
import { formatAgo, formatMoment } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { useChangeAt } from '../../program/work-orders';
import { AskButton } from '../../ui/AskButton';
import { DiffLine } from '../../ui/DiffLine';
import { isolate } from '../../ui/isolate';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { RecordLink } from '../../ui/RecordLink';
import { isolateTitle } from '../../ui/title-parts';
import { useAction } from '../../ui/useAction';
import { openPlan } from './open-plan';
import type { OrderItem } from './order-items';
import { groupKey } from './picked';
import classes from './WorkOrders.module.css';

interface Props {
  readonly item: Extract<OrderItem, { type: 'change' }>;
  readonly chosen: ReadonlyMap<ChangeId, string>;
  readonly onChoose: (
    id: ChangeId,
    place: { group: string; at: number },
    on: boolean,
    range: boolean,
  ) => void;
}

/** The change at a place of the list; an empty line of the usual height until it is there. */
export function ChangeLine({ item, chosen, onChoose }: Props) {
  const { order, connectionId, connection, at } = item;
  // A page of changes comes for some dozens of lines at once: they are drawn when there is time.
  const change = useDeferredValue(useChangeAt(order.id, connectionId, at));
  const group = groupKey({ workOrderId: order.id, connectionId });
  const choose = useCallback(
    (id: ChangeId, on: boolean, range: boolean) => onChoose(id, { group, at }, on, range),
    [onChoose, group, at],
  );
  if (!change) return <div className={classes.change} style={{ blockSize: 29 }} aria-busy />;
  return (
    <ShownChange
      key={change.id}
      change={change}
      connection={connection}
      chosen={chosen.has(change.id)}
      locked={order.state === 'applying' || order.state === 'closed'}
      onChoose={choose}
    />
  );
}

/** One prepared change: the record, its fields base → next, what is wrong with them, and the way back. */
const ShownChange = memo(function ShownChange({
  change,
  connection,
  chosen,
  locked,
  onChoose,
}: {
  change: Change;
  connection: Connection | undefined;
  chosen: boolean;
  /** Its work order is being applied or closed. */
  locked: boolean;
  onChoose: (id: ChangeId, on: boolean, range: boolean) => void;
}) {
  const { t } = useTranslation('workorders');
  const { id, workOrderId, connectionId, remoteId, title } = change;
  const of = connection && recordsOf(connection, change.collection);
  const undo = useAction({ work: () => ask(patchbay.changes.drop({ changeIds: [id] })) });
  return (
    <div className={classes.change} data-record={remoteId} data-chosen={chosen || undefined}>
      <div className={classes.changeRow}>
        <Checkbox
          aria-label={t('select.one', { title: isolateTitle(title) })}
          checked={chosen}
          disabled={locked}
          onChange={(event) => {
            const { nativeEvent } = event;
            const range = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
            onChoose(id, event.currentTarget.checked, range);
          }}
        />
        <RecordLink connectionId={connectionId} remoteId={remoteId} title={title} whole />
        <div className={classes.fields}>
          {of ? change.fields.map((field) => <Field key={field.field} field={field} of={of} />) : null}
        </div>
        <span className={classes.when} title={formatMoment(change.updatedAt)}>
          {formatAgo(change.updatedAt)}
        </span>
        <div className={classes.actions}>
          {locked ? null : (
            <>
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={t('planOne', { title: isolateTitle(title) })}
                onClick={() => void openPlan({ workOrderId, connectionId, changeId: id, title })}
              >
                {t('planShort')}
              </Button>
              <AskButton
                label={t('undo.label', { title: isolateTitle(title) })}
                question={t('undo.question', { title: isolateTitle(title) })}
                confirm={t('undo.confirm')}
                icon={<IconArrowBackUp size={14} className={classes.undo} />}
                busy={undo.busy}
                onConfirm={() => undo.run()}
              />
            </>
          )}
        </div>
      </div>
      {undo.problem ? <ProblemAlert problem={undo.problem} /> : null}
    </div>
  );
});

function Field({ field, of }: { field: ChangeField; of: RecordsOf }) {
  const { t } = useTranslation('field');
  return (
    <div className={classes.field}>
      <DiffLine of={of} field={field.field} from={field.base} to={field.next} />
      {field.problem ? (
        <span className={classes.invalid}>
          <IconAlertCircle size={14} aria-hidden />
          {t(field.problem.code, { detail: isolate(field.problem.detail ?? '') })}
        </span>
      ) : null}
    </div>
  );
}
