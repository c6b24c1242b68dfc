import type { Connection } from '../../../shared/model/connection';
import { ConnectionName } from '../../ui/ConnectionName';
import { LoudFrame } from '../../ui/OutcomeDetail';
import { serversOf } from './plan-rows';
import type { RunView } from './runs';
import { SideEffects } from './SideEffects';

/** Side effects, said where they cannot be overlooked; on a server that asks about them, its question says them. */
export function LoudOutcomes({
  run,
  connections,
}: {
  run: RunView;
  connections: ReadonlyMap<string, Connection>;
}) {
  const asking = new Set(run.head.servers.filter(({ state }) => state === 'asking').map(connectionIdOf));
  const loud = [...run.rows.values()].filter(
    (row) => !asking.has(row.connectionId) && (row.result?.sideEffects.length ?? 0) > 0,
  );
  if (loud.length === 0) return null;
  return (
    <div role="alert">
      <LoudFrame>
        {serversOf(loud, connections).map(([id, rows]) => (
          <div key={id}>
            <ConnectionName connection={connections.get(id)} brief />
            <SideEffects rows={rows} connection={connections.get(id)} />
          </div>
        ))}
      </LoudFrame>
    </div>
  );
}

const connectionIdOf = ({ connectionId }: { readonly connectionId: string }): string => connectionId;
