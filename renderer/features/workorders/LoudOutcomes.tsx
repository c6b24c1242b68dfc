import type { Connection } from '../../../shared/model/connection';
import type { Run } from '../../../shared/model/plan';
import { ConnectionName } from '../../ui/ConnectionName';
import { DiffLine } from '../../ui/DiffLine';
import { LoudFrame } from '../../ui/OutcomeDetail';
import { RecordLink } from '../../ui/RecordLink';
import classes from './PlanTab.module.css';

/** More would bury the table; every row has its own in its detail. */
const atMost = 20;

/** Side effects, said where they cannot be overlooked: below the table, so that no row moves. */
export function LoudOutcomes({
  run,
  connections,
}: {
  run: Run;
  connections: ReadonlyMap<string, Connection>;
}) {
  const loud = run.rows.filter((row) => (row.result?.sideEffects.length ?? 0) > 0).slice(0, atMost);
  if (loud.length === 0) return null;
  return (
    <div className={classes.loud} role="alert">
      <LoudFrame>
        {loud.map((row) => {
          const connection = connections.get(row.connectionId);
          return connection && row.result ? (
            <div key={row.changeId} className={classes.loudRow}>
              <RecordLink connectionId={row.connectionId} remoteId={row.remoteId} title={row.title} />
              <ConnectionName connection={connection} brief />
              <div className={classes.fields}>
                {row.result.sideEffects.map((one) => (
                  <DiffLine
                    key={one.field}
                    kind={connection.kind}
                    field={one.field}
                    from={one.before}
                    to={one.after}
                  />
                ))}
              </div>
            </div>
          ) : null;
        })}
      </LoudFrame>
    </div>
  );
}
