import type { PlannedField } from '../../shared/diff';
import { isMaskedByServer } from '../../shared/lib/text';
import type { PlanRow } from '../../shared/model/plan';
import { ProblemError } from '../../shared/model/problem';
import type { WriteRequest } from '../drivers/driver';
import type { ServerPort } from '../drivers/server-port';
import type { PlannedRow } from './planned-row';
import { formsToWrite, toWrite } from './to-write';

type DriverFor = ServerPort['driverFor'];

/** Marks a row `invalid` if the driver refuses to build its request. The other rows are planned all the same. */
export function sendable(driverFor: DriverFor, row: PlannedRow): PlannedRow {
  try {
    build(driverFor, row);
    return row;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const refused = error.problem.params.field;
    const fields = row.comparison.fields.map((field): PlannedField => {
      const masked = isMaskedByServer(field.next ?? '');
      const problem = { code: masked ? 'masked-secret' : 'not-allowed' } as const;
      return field.field === refused ? { ...field, verdict: 'invalid', problem } : field;
    });
    return { ...row, comparison: { status: 'invalid', fields } };
  }
}

function build(driverFor: DriverFor, row: PlannedRow): WriteRequest | null {
  if (row.comparison.status !== 'ready' || !row.live) return null;
  const driver = driverFor(row.connection);
  const [edits, forms] = [toWrite(row.comparison), formsToWrite(row.comparison)];
  return driver.buildWrite(row.connection, row.change.remoteId, row.live, edits, forms);
}

/** Returns the request that a ready row would send, secrets masked; null for any other row. */
export function shownRequest(driverFor: DriverFor, row: PlannedRow): PlanRow['request'] {
  const write = build(driverFor, row);
  return write && { method: write.method, url: write.url, body: write.masked };
}
