import { everything } from '../../shared/model/journal';
import type { Services } from '../services';
import type { Facts } from './diagnostics';

/** Collects settings and counts for support, without names of customers or servers. */
export async function supportFacts({
  connections,
  workOrders,
  history,
  keeping,
  applySettings,
  runs,
}: Services): Promise<Facts> {
  const all = connections.list();
  const kinds = [...new Set(all.map(({ kind }) => kind))].sort();
  const { backups, forgetSecretsAfterDays, warnAboveMegabytes } = keeping.settings.load();
  return {
    connections: kinds.map((kind) => `${kind} ${all.filter((one) => one.kind === kind).length}`).join(', '),
    workOrders: workOrders.list().length,
    entries: await history.count(everything),
    runGoesOn: runs.busy,
    backupsKept: backups,
    backupsThere: keeping.backups.list().length,
    forgetFormerAfterDays: forgetSecretsAfterDays,
    warnAboveMegabytes,
    resends: applySettings.load().resends,
  };
}
