import { ActionIcon, Button, Checkbox } from '@mantine/core';
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
import classes from './PlanTab.module.css';
import { markOf } from './plan-rows';
import { decideRow, type PlanScope, tickRows } from './plan-sessions';
import { Reason } from './Reason';
import { RequestView } from './RequestView';

interface Props {
  readonly scope: PlanScope;
  readonly planId: string;
  readonly row: PlanRow;
  readonly ran: RunRow | undefined;
  readonly connection: Connection | undefined;
  readonly ticked: boolean;
  /** A run has begun or the servers are being read: nothing may be chosen now. */
  readonly locked: boolean;
  readonly deciding: boolean;
  readonly open: boolean;
  readonly onToggle: (id: string) => void;
}

/** One change in the plan; the same line fills with its outcome, at the same height. */
export const PlanRowView = memo(function PlanRowView(props: Props) {
  const { scope, row, ran, connection, ticked, locked, deciding, open, onToggle } = props;
  const { t } = useTranslation('workorders');
  const mark = markOf(row, ran);
  const ready = row.status === 'ready';
  const inRun = ran !== undefined;
  return (
    <div className={classes.rowFrame} data-record={row.remoteId} data-status={mark}>
      <div className={classes.row}>
        {ready ? (
          <Checkbox
            aria-label={t('tick', { title: row.title })}
            checked={ticked}
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
                  live={
                    !inRun && row.status === 'conflict' && field.verdict === 'conflict'
                      ? field.live
                      : undefined
                  }
                />
              ))
            : null}
        </div>
        <StatusMark mark={mark} />
        <div className={classes.reason}>
          {mark === 'unknown' && ran ? (
            <Button
              size="compact-xs"
              variant="default"
              loading={deciding}
              onClick={() => void decideRow(scope, ran)}
            >
              {t('decide')}
            </Button>
          ) : (
            <Reason row={row} result={ran?.result ?? null} kind={connection?.kind} />
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
      {!inRun && row.status === 'conflict' && connection
        ? row.fields
            .filter((field) => field.verdict === 'conflict')
            .map((field) => (
              <ConflictField
                key={field.field}
                scope={scope}
                planId={props.planId}
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
          <RequestView request={row.request} />
        </div>
      ) : null}
    </div>
  );
});
