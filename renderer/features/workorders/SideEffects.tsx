import { useTranslation } from 'react-i18next';
import { type Connection, recordsOf } from '../../../shared/model/connection';
import type { RunRow } from '../../../shared/model/plan';
import { formatCount } from '../../i18n';
import { DiffLine } from '../../ui/DiffLine';
import { RecordLink } from '../../ui/RecordLink';
import classes from './PlanRow.module.css';

/** More would bury the table; every row has its own in its detail. */
const atMost = 12;

/** The fields that changed although nobody asked, record by record: before → after. */
export function SideEffects({
  rows,
  connection,
}: {
  rows: readonly RunRow[];
  connection: Connection | undefined;
}) {
  const { t } = useTranslation('runs');
  const all = rows.filter((row) => (row.result?.sideEffects.length ?? 0) > 0);
  const more = all.length - atMost;
  if (!connection) return null;
  return (
    <>
      {all.slice(0, atMost).map((row) => (
        <div key={row.changeId} className={classes.loudRow}>
          <RecordLink connectionId={row.connectionId} remoteId={row.remoteId} title={row.title} />
          <div className={classes.fields}>
            {row.result?.sideEffects.map((one) => (
              <DiffLine
                key={one.field}
                of={recordsOf(connection, row.collection)}
                field={one.field}
                from={one.before}
                to={one.after}
              />
            ))}
          </div>
        </div>
      ))}
      {more > 0 ? <p className={classes.quiet}>{t('more', { count: more, n: formatCount(more) })}</p> : null}
    </>
  );
}
