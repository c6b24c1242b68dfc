import { z } from 'zod';
import { openTabSchema, type Workspace, workspaceSchema } from '../../shared/model/workspace';
import type { Database } from './database';
import { keep, kept } from './kept';
import { jsonObject } from './rows';

const key = 'window';
const empty: Workspace = { tabs: [{ type: 'overview' }], active: 0, columns: {} };

const isTab = (tab: unknown): boolean => openTabSchema.safeParse(tab).success;

/** The window's open tabs. In the database, because they must survive a crash (invariant 1). */
export class WorkspaceStore {
  constructor(private readonly database: Database) {}

  /** Returns the tabs last open; the overview if there are none, or they cannot be read. */
  load(): Workspace {
    const body = jsonObject(kept(this.database, key) ?? '');
    // One unreadable tab must not lose the others.
    const readable = body && { ...body, tabs: z.array(z.unknown()).catch([]).parse(body.tabs).filter(isTab) };
    const parsed = workspaceSchema.safeParse(readable);
    if (!parsed.success || parsed.data.tabs.length === 0) return empty;
    return { ...parsed.data, active: Math.min(Math.max(0, parsed.data.active), parsed.data.tabs.length - 1) };
  }

  save(workspace: Workspace): void {
    keep(this.database, key, JSON.stringify(workspace));
  }
}
