import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../shared/model/connection';
import type { SheetSettings, SheetView } from '../../shared/model/sheet';
import type { SimotelSimulator } from '../simulators';
import { connect, type House, ok, openHouse } from '../support/house';
import { pbx } from '../support/servers';

const job = () => crypto.randomUUID();

let house: House;
let server: SimotelSimulator;
let connection: Connection;

beforeEach(async () => {
  house = await openHouse();
  server = await pbx();
  connection = await connect(house, 'simotel', server);
});

async function open(content: string | Uint8Array, name = 'in.csv'): Promise<SheetView> {
  house.dialogs.open = join(house.folder, name);
  writeFileSync(house.dialogs.open, content);
  const view = await ok(house.ask.sheets.open({ connectionId: connection.id, job: job() }));
  if (!view) throw new Error('no file was chosen');
  return view;
}

async function rowsOf(view: SheetView, settings: Partial<SheetSettings> = {}) {
  const set = await ok(
    house.ask.sheets.configure({ sheetId: view.id, settings: { ...view.settings, ...settings }, job: job() }),
  );
  const summary = await ok(house.ask.sheets.preview({ sheetId: set.id, job: job() }));
  return (await ok(house.ask.batches.rows({ batchId: summary.id, status: null, offset: 0, limit: 500 })))
    .rows;
}

describe('a file', () => {
  it('is matched and compared with the directory', async () => {
    const [first, second] = server.records();
    const view = await open(
      `number,name,active\r\n${first?.number},Sara,بله\r\n${second?.number},,\r\n9999999,x,no\r\n`,
    );
    expect(view).toMatchObject({
      settings: { encoding: 'utf-8', delimiter: ',', header: true, key: 'number' },
      rows: 3,
    });
    const rows = await rowsOf(view);
    expect(rows.map(({ status }) => status)).toEqual(['differs', 'same', 'missing']);
  });
});
