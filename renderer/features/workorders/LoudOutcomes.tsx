import type { Connection } from '../../../shared/model/connection';
import type { Run } from '../../../shared/model/plan';
import { isolate } from '../../ui/isolate';
import { SideEffects } from '../../ui/OutcomeDetail';
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
      {loud.map((row) => {
        const connection = connections.get(row.connectionId);
        return connection && row.result ? (
          <SideEffects
            key={row.changeId}
            kind={connection.kind}
            differences={row.result.sideEffects}
            title={`${isolate(row.title)} · ${isolate(connection.name)}`}
          />
        ) : null;
      })}
    </div>
  );
}
