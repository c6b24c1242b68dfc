import { z } from 'zod';
import { openTabSchema, type Workspace, workspaceSchema } from '../../shared/model/workspace';
import type { Database } from './database';
import { jsonObject, one, run } from './rows';

const empty: Workspace = { tabs: [{ type: 'overview' }], active: 0, columns: {} };

const isTab = (tab: unknown): boolean => openTabSchema.safeParse(tab).success;

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
    const body = row ? jsonObject(row.body) : null;
    // One tab that cannot be read must not take the others with it.
    const readable = body && { ...body, tabs: z.array(z.unknown()).catch([]).parse(body.tabs).filter(isTab) };
    const parsed = workspaceSchema.safeParse(readable);
    if (!parsed.success || parsed.data.tabs.length === 0) return empty;
    return { ...parsed.data, active: Math.min(Math.max(0, parsed.data.active), parsed.data.tabs.length - 1) };
  }

  save(workspace: Workspace): void {
    run(
      this.database,
      `INSERT INTO workspace (key, body) VALUES ('window', ?) ON CONFLICT DO UPDATE SET body = excluded.body`,
      JSON.stringify(workspace),
    );
  }
}
