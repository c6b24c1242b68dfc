import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { connectionIdSchema } from '../../shared/model/connection';
import { type Workspace, workspaceSchema } from '../../shared/model/workspace';
import { ok, openHouse, refused } from '../support/house';

const connectionId = connectionIdSchema.parse(randomUUID());
const workspace: Workspace = {
  tabs: [
    { type: 'overview' },
    { type: 'directory', connectionId },
    { type: 'editor', connectionId, remoteId: 'a1', title: '101 علی', page: 'network' },
    { type: 'plan', workOrderId: null, connectionId: null, changeId: null, title: '' },
  ],
  active: 2,
  columns: { [connectionId]: ['number', 'name'] },
};

describe('what stands open', () => {
  it('is an overview where nothing did', async () => {
    const house = await openHouse();
    expect(await ok(house.ask.app.workspace())).toEqual({
      tabs: [{ type: 'overview' }],
      active: 0,
      columns: {},
    });
  });

  it('comes back as it was, also after the program was killed', async () => {
    const house = await openHouse();
    await ok(house.ask.app.saveWorkspace({ ...workspace, active: 0 }));
    await ok(house.ask.app.saveWorkspace(workspace));
    expect(await ok(house.ask.app.workspace())).toEqual(workspace);
    // No close: as when it is killed.
    const next = await openHouse({ folder: house.folder, keychain: house.keychain });
    expect(await ok(next.ask.app.workspace())).toEqual(workspace);
  });

  it('takes a plan that an older version kept: it is of the current work order', () => {
    const old = { tabs: [{ type: 'plan', connectionId: null, changeId: null }], active: 0 };
    expect(workspaceSchema.parse(old).tabs).toEqual([
      { type: 'plan', workOrderId: null, connectionId: null, changeId: null, title: '' },
    ]);
  });

  it('is an overview where what was kept cannot be read, and the program goes on', async () => {
    const house = await openHouse();
    await ok(house.ask.app.saveWorkspace(workspace));
    for (const body of ['no json', '[]', '{"tabs":[{"type":"nonsense"}],"active":0}']) {
      house.database.prepare('UPDATE workspace SET body = ?').run(body);
      expect((await ok(house.ask.app.workspace())).tabs, body).toEqual([{ type: 'overview' }]);
    }
  });

  it('loses only the tab that cannot be read, not the others', async () => {
    const house = await openHouse();
    const tabs = [{ type: 'nonsense' }, { type: 'history' }, { type: 'settings' }];
    await ok(house.ask.app.saveWorkspace(workspace));
    const body = JSON.stringify({ ...workspace, tabs, active: 2 });
    house.database.prepare('UPDATE workspace SET body = ?').run(body);
    const found = await ok(house.ask.app.workspace());
    expect(found.tabs).toEqual([{ type: 'history' }, { type: 'settings' }]);
    expect(found.active).toBe(1);
    expect(found.columns).toEqual(workspace.columns);
  });

  it('is not replaced by what the contract does not allow', async () => {
    const house = await openHouse();
    await ok(house.ask.app.saveWorkspace(workspace));
    const wrong: unknown = { ...workspace, secret: 'CANARY' };
    expect((await refused(house.ask.app.saveWorkspace(wrong as Workspace))).code).toBe('invalid-input');
    expect(await ok(house.ask.app.workspace())).toEqual(workspace);
  });
});
