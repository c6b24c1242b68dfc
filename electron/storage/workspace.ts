import { z } from 'zod';
import { type Workspace, workspaceSchema } from '../../shared/model/workspace';
import type { Database } from './database';
import { jsonObject, one, run } from './rows';

const empty: Workspace = { tabs: [{ type: 'overview' }], active: 0, columns: {} };

/** What stands open in the window. In the database, because it must survive a crash (invariant 1). */
export class WorkspaceStore {
  constructor(private readonly database: Database) {}

  /** What stood open last; an overview where nothing did, or where it cannot be read. */
  load(): Workspace {
    const row = one(
      this.database,
      z.object({ body: z.string() }),
      `SELECT body FROM workspace WHERE key = 'window'`,
    );
    const parsed = workspaceSchema.safeParse(row ? jsonObject(row.body) : undefined);
    return parsed.success ? parsed.data : empty;
  }

  save(workspace: Workspace): void {
    run(
      this.database,
      `INSERT INTO workspace (key, body) VALUES ('window', ?) ON CONFLICT DO UPDATE SET body = excluded.body`,
      JSON.stringify(workspace),
    );
  }
}
