import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../shared/model/connection';
import type { SimotelSimulator } from '../simulators';
import { connect, type House, ok, openHouse } from '../support/house';
import { edit, prepared, undo } from '../support/many';
import { idOf, pbx, writes } from '../support/servers';

describe('a bulk edit', () => {
  let house: House;
  let server: SimotelSimulator;
  let connection: Connection;

  beforeEach(async () => {
    house = await openHouse();
    server = await pbx();
    connection = await connect(house, 'simotel', server);
  });

  it('is prepared as edits in the current work order, one step, and nothing is sent', async () => {
    const ids = [0, 1, 2].map((place) => idOf(server, place));
    const before = ids.map((id) => String(server.record(id)?.description ?? ''));
    const step = await edit(house, connection, ids, { description: { rule: 'set', value: 'Third floor' } });
    expect(step).toMatchObject({ records: 3, fields: ['description'], what: 'edit', undone: false });
    expect(await prepared(house, connection)).toEqual(
      Object.fromEntries(ids.map((id, at) => [id, { description: `${before[at]} → Third floor` }])),
    );
    expect(await ok(house.ask.steps.list({ workOrderId: step.workOrderId }))).toEqual([step]);
    expect(writes(server)).toEqual([]);
  });

  it('is taken back as one', async () => {
    const step = await edit(house, connection, 'all', { description: { rule: 'set', value: 'Third floor' } });
    expect(await undo(house, step)).toEqual({ fields: 12, left: 0 });
    expect(await prepared(house, connection)).toEqual({});
    const [listed] = await ok(house.ask.steps.list({ workOrderId: step.workOrderId }));
    expect(listed).toEqual({ ...step, undone: true });
  });
});
