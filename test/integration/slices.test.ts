import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import { type Database, inTransaction, peek } from '../../electron/storage/database';
import { inSlice, inSlices } from '../../electron/storage/slices';
import { type House, openHouse, thrown } from '../support/house';

const full = 2;
const normal = 1;

let house: House;
let database: Database;
const waitsFor = () => Number(peek(database, 'synchronous', 'pragma_synchronous'));

beforeEach(async () => {
  house = await openHouse();
  database = house.database;
});

it('a slice does not wait for the disk, and what is stored between two of them does', async () => {
  const inside = new Set<number>();
  const between: number[] = [];
  const slices = inSlices(database, Array.from({ length: 4_000 }).keys(), () => {
    inside.add(waitsFor());
  });
  let done = false;
  void slices.then(() => {
    done = true;
  });
  while (!done) {
    inTransaction(database, () => between.push(waitsFor()));
    await nextTurn();
  }
  expect([...inside]).toEqual([normal]);
  expect(between.length).toBeGreaterThan(1);
  expect(new Set(between)).toEqual(new Set([full]));
});

it('a slice that fails leaves the disk waited for again, and nothing of itself', async () => {
  const insert = "INSERT INTO workspace (key, body) VALUES ('half', '{}')";
  expect(
    thrown(() =>
      inSlice(database, () => {
        database.exec(insert);
        house.services.workOrders.close('00000000-0000-4000-8000-000000000000' as never);
      }),
    ).code,
  ).toBe('not-found');
  expect(waitsFor()).toBe(full);
  // The statement itself, and the disk that is full when all is to be stored.
  database.exec(`CREATE TEMP TABLE parent (id INTEGER PRIMARY KEY);
    CREATE TEMP TABLE child (id INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)`);
  expect(() => inSlice(database, () => database.exec(`${insert}; INSERT INTO child VALUES (7)`))).toThrow();
  expect(waitsFor()).toBe(full);
  expect(database.isTransaction).toBe(false);
  expect(database.prepare("SELECT * FROM workspace WHERE key = 'half'").all()).toEqual([]);
});
