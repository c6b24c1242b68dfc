import { catalogOf, fieldSpec } from '../../shared/catalog';
import { fieldValue, type RawRecord } from '../../shared/catalog/read';
import type { RecordsOf } from '../../shared/model/connection';
import type { Finding } from '../../shared/model/plan';
import { findingsOf } from '../../shared/secret-look';
import { inTurns, type Pace } from '../jobs/turns';
import { directoryName } from '../storage/owner';
import { writtenTwice } from './identity-findings';
import type { PlannedRow } from './planned-row';
import { looksOf, SecretCounts } from './secret-looks';

export interface TogetherParts {
  /** All records of a directory as last read, secrets open, some at a time. */
  readonly opened: (of: RecordsOf) => Iterable<readonly RawRecord[]>;
  /** A row with all its findings, each blocking or not. */
  readonly judged: (row: PlannedRow, findings: readonly Finding[]) => PlannedRow;
}

/** Adds what shows only when the rows of all servers are seen together: records written twice, secrets used twice. */
export async function seenTogether(
  rows: readonly PlannedRow[],
  { opened, judged }: TogetherParts,
  pace: Pace,
): Promise<PlannedRow[]> {
  const twice = writtenTwice(rows);
  const order = new SecretCounts();
  for (const { change, connection } of rows) {
    for (const { field, next } of change.edits) {
      const spec = fieldSpec(connection, field);
      if (spec) order.add(spec, placeOf(connection, change.remoteId), next);
    }
  }
  const servers = new Map<string, SecretCounts | null>();
  const done: PlannedRow[] = [];
  for (const row of rows) {
    const { change, connection, live } = row;
    const catalog = catalogOf(connection);
    const directory = directoryName(connection);
    if (!servers.has(directory)) {
      const edited = rows.filter((one) => directoryName(one.connection) === directory);
      servers.set(directory, await secretsOnServer(connection, edited, opened, pace));
    }
    const counts = { order, server: servers.get(directory) ?? null };
    const looks = looksOf(catalog, placeOf(connection, change.remoteId), change.edits, live, counts);
    const spoilt = catalog.fields.flatMap((spec) => {
      const look = looks.get(spec.name);
      return look ? findingsOf(spec, look) : [];
    });
    const doubled = twice.get(change.id);
    const findings = [...(doubled ? [doubled] : []), ...row.findings, ...spoilt];
    done.push(judged({ ...row, looks }, findings));
    const rest = pace.tick();
    if (rest) await rest;
  }
  return done;
}

/** Counts the secrets of a server's records, as last read; null if no edit is of a secret. */
async function secretsOnServer(
  connection: RecordsOf,
  rows: readonly PlannedRow[],
  opened: TogetherParts['opened'],
  pace: Pace,
): Promise<SecretCounts | null> {
  const edited = new Set(rows.flatMap(({ change }) => change.edits.map(({ field }) => field)));
  const specs = catalogOf(connection).fields.filter(({ name, secret }) => secret && edited.has(name));
  if (specs.length === 0) return null;
  const counts = new SecretCounts();
  for (const part of opened(connection)) {
    await inTurns(part, pace, ({ remoteId, raw }) => {
      const place = placeOf(connection, remoteId);
      for (const spec of specs) counts.add(spec, place, fieldValue(spec, raw));
    });
  }
  return counts;
}

/** One record of one directory. */
function placeOf(of: RecordsOf, remoteId: string): string {
  return `${directoryName(of)} ${remoteId}`;
}
