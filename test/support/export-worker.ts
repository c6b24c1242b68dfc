/** Writes a long export and prints how it ended; run under a limit on the size of files. */
import { randomUUID } from 'node:crypto';
import { Jobs } from '../../electron/jobs/jobs';
import { HistoryExport } from '../../electron/journal/export/export';
import { firstCollection } from '../../shared/catalog';
import { connectionIdSchema } from '../../shared/model/connection';
import { everything, type JournalItem } from '../../shared/model/journal';
import { ProblemError } from '../../shared/model/problem';

const item = (seq: number): JournalItem => ({
  seq,
  type: 'write',
  at: seq,
  endedAt: null,
  connectionId: connectionIdSchema.parse(randomUUID()),
  connectionName: 'PBX',
  site: 'Site',
  kind: 'simotel',
  collection: firstCollection('simotel'),
  remoteId: String(seq),
  title: `Title ${seq}`,
  workOrder: 'WO-1',
  workOrderId: null,
  actor: 'tester@bench',
  fields: [{ field: 'name', before: 'a', after: 'b' }],
  outcome: null,
  result: null,
});

const one = new HistoryExport(
  {
    page: (_filter, before, limit) => {
      const top = before ?? 5_000;
      return Array.from({ length: Math.min(limit, top - 1) }, (_, index) => item(top - 1 - index));
    },
    count: () => 4_999,
    links: () => new Map(),
  },
  new Jobs(() => undefined),
);

one
  .write(process.argv[2] ?? '', { filter: everything, format: 'csv', language: 'en' })
  .then((entries) => `wrote ${entries}`)
  .catch((error: unknown) =>
    error instanceof ProblemError ? `${error.problem.code} ${error.problem.params.reason}` : String(error),
  )
  .then((said) => process.stdout.write(`${said}\n`));
