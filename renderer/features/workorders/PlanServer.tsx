import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n';
import { ConnectionName } from '../../ui/ConnectionName';
import { Ltr } from '../../ui/Ltr';
import classes from './PlanTab.module.css';
import type { PlanItem } from './plan-rows';
import { type PlanScope, type PlanSession, tickRows } from './plan-sessions';

/** The heading over one server's rows. */
export function PlanServer({ item }: { item: Extract<PlanItem, { type: 'server' }> }) {
  const { t } = useTranslation('workorders');
  return (
    <h2 className={classes.server}>
      <ConnectionName connection={item.connection} fallback={t('connectionGone')} />
      {item.connection?.site ? <bdi className={classes.quiet}>{item.connection.site}</bdi> : null}
      <span className={classes.quiet}>
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
    <div className={classes.head}>
      <Checkbox
        aria-label={t('tickAll')}
        checked={ready.length > 0 && ticked.length === ready.length}
        indeterminate={ticked.length > 0 && ticked.length < ready.length}
        disabled={ready.length === 0 || session.runId !== null || session.starting}
        onChange={(event) => tickRows(scope, ready, event.currentTarget.checked)}
      />
      <span>{t('column.record')}</span>
      <span>{t('column.fields')}</span>
      <span>{t('column.status')}</span>
      <span>{t('column.reason')}</span>
      <span />
    </div>
  );
}
