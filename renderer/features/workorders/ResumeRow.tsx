import { useTranslation } from 'react-i18next';
import { recordsOf } from '../../../shared/model/connection';
import type { RunLeftRow } from '../../../shared/model/plan';
import { useConnection } from '../../program/connections';
import { ConnectionName } from '../../ui/ConnectionName';
import { DiffLine } from '../../ui/DiffLine';
import { useProblemWords } from '../../ui/problemWords';
import { RecordId } from '../../ui/RecordId';
import { RecordTitle } from '../../ui/RecordTitle';
import { isolateTitle } from '../../ui/title-parts';
import classes from './ResumeDialog.module.css';

/** One row that a run has left: the record as it is called now, what it would get, or why it would get nothing. */
export function ResumeRow({ row }: { row: RunLeftRow }) {
  const { t } = useTranslation('runs');
  const words = useTranslation('workorders').t;
  const say = useProblemWords();
  const connection = useConnection(row.connectionId);
  const why = row.why ? say(row.why) : null;
  return (
    <div className={classes.row} data-left-row={row.remoteId} data-why={row.why?.code}>
      <div className={classes.name}>
        <RecordTitle title={row.title} whole />
        <RecordId id={row.remoteId} />
        <ConnectionName connection={connection} fallback={words('connectionGone')} brief />
      </div>
      {row.formerTitle === null ? null : (
        <p className={classes.why}>{t('remaining.former', { title: isolateTitle(row.formerTitle) })}</p>
      )}
      <div>
        {row.fields.map(({ field, from, to, look }) => (
          <DiffLine
            key={field}
            of={connection ? recordsOf(connection, row.collection) : null}
            field={field}
            from={from}
            to={to}
            look={look}
          />
        ))}
      </div>
      {why ? (
        <p className={classes.why} title={why.advice}>
          <strong>{why.title}</strong> {why.advice}
        </p>
      ) : null}
    </div>
  );
}
