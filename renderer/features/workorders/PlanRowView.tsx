import { ActionIcon, Checkbox } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { PlanRow, RunRow } from '../../../shared/model/plan';
import { DiffLine } from '../../ui/DiffLine';
import { OutcomeDetail } from '../../ui/OutcomeDetail';
import { RecordLink } from '../../ui/RecordLink';
import { StatusMark } from '../../ui/StatusMark';
import { ConflictField } from './ConflictField';
import { DropChange } from './DropChange';
import { Findings } from './Findings';
import classes from './PlanTab.module.css';
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
  readonly ticked: boolean;
  /** A run has begun or the servers are being read: nothing may be chosen now. */
  readonly locked: boolean;
  readonly open: boolean;
  readonly onToggle: (id: string) => void;
}

/** One change in the plan; the same line fills with its outcome, at the same height. */
export const PlanRowView = memo(function PlanRowView(props: Props) {
  const { scope, row, ran, runId, connection, ticked, locked, open, onToggle } = props;
  const { t } = useTranslation('workorders');
  const mark = markOf(row, ran);
  const inRun = ran !== undefined;
  const conflicts = row.status === 'conflict' && !inRun;
  return (
    <div className={classes.rowFrame} data-record={row.remoteId} data-status={mark}>
      <div className={classes.row}>
        {row.status === 'ready' ? (
          <Checkbox
            aria-label={t('tick', { title: row.title })}
            checked={inRun || (ticked && runId === null)}
            disabled={locked}
            onChange={(event) => tickRows(scope, [row.changeId], event.currentTarget.checked)}
          />
        ) : (
          <span />
        )}
        <RecordLink connectionId={row.connectionId} remoteId={row.remoteId} title={row.title} />
        <div className={classes.fields}>
          {connection
            ? row.fields.map((field) => (
                <DiffLine
                  key={field.field}
                  kind={connection.kind}
                  field={field.field}
                  from={field.base}
                  to={field.next}
                  live={conflicts && field.verdict === 'conflict' ? field.live : undefined}
                />
              ))
            : null}
        </div>
        <StatusMark mark={mark} />
        <div className={classes.reason}>
          {mark === 'unknown' && ran && runId ? (
            <UndecidedRow runId={runId} row={ran} />
          ) : (
            <Reason row={row} ran={ran} kind={connection?.kind} />
          )}
          {!inRun && !locked && (row.status === 'no-op' || row.status === 'missing') ? (
            <DropChange scope={scope} row={row} />
          ) : null}
        </div>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={22}
          aria-label={t('detail.toggle', { title: row.title })}
          aria-expanded={open}
          onClick={() => onToggle(row.changeId)}
        >
          <IconChevronDown size={14} className={classes.chevron} data-open={open} />
        </ActionIcon>
      </div>
      {connection && row.findings.length > 0 ? (
        <Findings findings={row.findings} kind={connection.kind} />
      ) : null}
      {conflicts && connection
        ? row.fields
            .filter((field) => field.verdict === 'conflict')
            .map((field) => (
              <ConflictField
                key={field.field}
                scope={scope}
                row={row}
                field={field}
                kind={connection.kind}
                locked={locked}
              />
            ))
        : null}
      {open ? (
        <div className={classes.detail}>
          {ran?.result && connection ? <OutcomeDetail kind={connection.kind} result={ran.result} /> : null}
          {runId !== null && row.request === null ? null : <RequestView request={row.request} />}
        </div>
      ) : null}
    </div>
  );
});
