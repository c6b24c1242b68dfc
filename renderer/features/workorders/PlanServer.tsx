import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n';
import { ConnectionName } from '../../ui/ConnectionName';
import { Ltr } from '../../ui/Ltr';
import layout from '../../ui/layout.module.css';
import classes from './PlanRow.module.css';
import type { PlanItem } from './plan-rows';
import { type PlanScope, type PlanSession, tickRows } from './plan-sessions';

/** The heading over one server's rows. */
export function PlanServer({ item }: { item: Extract<PlanItem, { type: 'server' }> }) {
  const { t } = useTranslation('workorders');
  return (
    <h2 className={classes.server}>
      <ConnectionName connection={item.connection} fallback={t('connectionGone')} />
      {item.connection?.site ? <bdi className={classes.address}>{item.connection.site}</bdi> : null}
      <span className={classes.address}>
        <Ltr>{item.connection?.baseUrl}</Ltr>
      </span>
      <span className={classes.quiet}>{t('changes', { count: item.rows, n: formatCount(item.rows) })}</span>
    </h2>
  );
}

/** The columns' names, and one tick for all ready rows. */
export function TableHead({ scope, session }: { scope: PlanScope; session: PlanSession }) {
  const { t } = useTranslation('workorders');
  const ready = session.rows.filter((row) => row.status === 'ready').map((row) => row.changeId);
  const ticked = ready.filter((id) => !session.unticked.has(id));
  return (
    <div className={`${layout.listHead} ${classes.head}`}>
      <Checkbox
        aria-label={t('tickAll')}
        checked={ready.length > 0 && ticked.length === ready.length}
        indeterminate={ticked.length > 0 && ticked.length < ready.length}
        disabled={ready.length === 0 || session.runId !== null || session.starting}
        onChange={(event) => tickRows(scope, ready, event.currentTarget.checked)}
      />
      <span className={classes.headRecord}>{t('column.record')}</span>
      <span className={classes.headFields}>{t('column.fields')}</span>
      <span className={classes.headStatus}>{t('column.status')}</span>
    </div>
  );
}
