import { ActionIcon, Checkbox } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Connection, recordsOf } from '../../../shared/model/connection';
import type { PlanRow, RunRow } from '../../../shared/model/plan';
import { ConnectionName } from '../../ui/ConnectionName';
import { DiffLine } from '../../ui/DiffLine';
import layout from '../../ui/layout.module.css';
import { OutcomeDetail } from '../../ui/OutcomeDetail';
import { RecordId } from '../../ui/RecordId';
import { RecordLink } from '../../ui/RecordLink';
import { RecordTitle } from '../../ui/RecordTitle';
import { StatusMark } from '../../ui/StatusMark';
import { ConfirmRow } from './ConfirmRow';
import { ConflictField } from './ConflictField';
import { DropChange } from './DropChange';
import { Findings } from './Findings';
import classes from './PlanRow.module.css';
import { markOf } from './plan-rows';
import { type PlanScope, tickRows } from './plan-sessions';
import { Reason } from './Reason';
import { RequestView } from './RequestView';
import { UndecidedRow } from './UndecidedRow';

interface Props {
  readonly scope: PlanScope;
  readonly row: PlanRow;
  readonly ran: RunRow | undefined;
  readonly runId: string | null;
  readonly connection: Connection | undefined;
  /** The row names its server. */
  readonly named: boolean;
  readonly ticked: boolean;
  /** A run has begun or the servers are being read: nothing may be chosen now. */
  readonly locked: boolean;
  readonly open: boolean;
  readonly onToggle: (id: string) => void;
}

/**
 * One change in the plan; the same row fills with its outcome. What it is about and what will be written is never cut:
 * where there is no room beside each other it stands below each other.
 */
export const PlanRowView = memo(function PlanRowView(props: Props) {
  const { scope, row, ran, runId, connection, named, ticked, locked, open, onToggle } = props;
  const { t } = useTranslation('workorders');
  const mark = markOf(row, ran);
  const inRun = ran !== undefined;
  const of = connection && recordsOf(connection, row.collection);
  const conflicts = row.status === 'conflict' && !inRun;
  return (
    <div className={layout.listFrame} data-record={row.remoteId} data-status={mark}>
      <div className={`${layout.listRow} ${classes.row}`}>
        {row.status === 'ready' ? (
          <Checkbox
            className={classes.tick}
            aria-label={t('tick', { title: row.title })}
            checked={inRun || (ticked && runId === null)}
            disabled={locked}
            onChange={(event) => tickRows(scope, [row.changeId], event.currentTarget.checked)}
          />
        ) : null}
        <div className={`${layout.listCell} ${classes.record}`}>
          <RecordLink connectionId={row.connectionId} remoteId={row.remoteId} title={row.title} whole />
          <RecordId id={row.remoteId} />
          {row.formerTitle === null ? null : (
            <span className={classes.former} data-former-title>
              {t('formerTitle')} <RecordTitle title={row.formerTitle} whole />
            </span>
          )}
          {named ? <ConnectionName connection={connection} fallback={t('connectionGone')} brief /> : null}
        </div>
        <div className={classes.fields}>
          {of
            ? row.fields.map((field) => (
                <DiffLine
                  key={field.field}
                  of={of}
                  field={field.field}
                  from={field.base}
                  to={field.next}
                  look={field.look}
                  live={conflicts && field.verdict === 'conflict' ? field.live : undefined}
                />
              ))
            : null}
          <div className={classes.reason}>
            {mark === 'unknown' && ran && runId ? (
              <UndecidedRow runId={runId} row={ran} />
            ) : (
              <Reason row={row} ran={ran} of={of} />
            )}
            {!inRun && !locked && (row.status === 'no-op' || row.status === 'missing') ? (
              <DropChange scope={scope} row={row} />
            ) : null}
          </div>
        </div>
        <span className={classes.status}>
          <StatusMark mark={mark} />
        </span>
        <ActionIcon
          className={classes.toggle}
          variant="subtle"
          color="gray"
          size={22}
          aria-label={t('detail.toggle', { title: row.title })}
          aria-expanded={open}
          onClick={() => onToggle(row.changeId)}
        >
          <IconChevronDown size={14} className={layout.chevron} data-open={open} />
        </ActionIcon>
      </div>
      {of && row.findings.length > 0 ? <Findings findings={row.findings} of={of} /> : null}
      {inRun ? null : <ConfirmRow scope={scope} row={row} locked={locked} />}
      {conflicts && of
        ? row.fields
            .filter((field) => field.verdict === 'conflict')
            .map((field) => (
              <ConflictField
                key={field.field}
                scope={scope}
                row={row}
                field={field}
                of={of}
                locked={locked}
              />
            ))
        : null}
      {open ? (
        <div className={classes.detail}>
          {ran?.result && of ? <OutcomeDetail of={of} result={ran.result} /> : null}
          {runId !== null && row.request === null ? null : (
            <RequestView request={row.request} title={row.title} />
          )}
        </div>
      ) : null}
    </div>
  );
});
