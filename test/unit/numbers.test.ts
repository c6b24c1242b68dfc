import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { numberedRecords } from '../../electron/many/numbers';
import { catalogOf } from '../../shared/catalog';
import { isIdentity } from '../../shared/catalog/identity';
import { mostNamed } from '../../shared/model/many';

const named = (numbers: readonly string[], text: string) =>
  numberedRecords(
    catalogOf('simotel'),
    numbers.map((number, at) => ({ remoteId: `id-${at}`, stored: { number } })),
    text,
  );

describe('numbers as typed', () => {
  it.each([
    ['1200-1202', ['1200', '1201', '1202']],
    ['1202 - 1200', ['1200', '1201', '1202']],
    ['۱۲۰۰–۱۲۰۱', ['1200', '1201']],
    ['1200 تا 1201', ['1200', '1201']],
    ['1201..1202', ['1201', '1202']],
    ['1200\t1202\r\n1200', ['1200', '1202']],
    ['id-1', ['1201']],
    ['98-1200', ['1200']],
  ])('%j means %j', async (text, meant) => {
    const numbers = ['1200', '1201', '1202', '01200'];
    const { remoteIds } = await named(numbers, text);
    expect(remoteIds.map((id) => numbers[Number(id.slice(3))])).toEqual(meant);
  });

  it('are counted past what can be named one by one, and the unknown ones too', async () => {
    const numbers = Array.from({ length: mostNamed + 5 }, (_, at) => String(10_000 + at));
    const unknown = Array.from({ length: 150 }, (_, at) => String(90_000 + at));
    const found = await named(numbers, `10000-19999 ${unknown.join(' ')}`);
    expect(found).toMatchObject({ total: mostNamed + 5, unknownTotal: 150 });
    expect(found.remoteIds).toHaveLength(mostNamed);
    expect(found.unknown).toEqual(unknown.slice(0, 100));
  });
});

it('thousands of ranges over thousands of numbers let everything else have its turn', async () => {
  const numbers = Array.from({ length: 20_000 }, (_, at) => String(10_000 + at));
  const ranges = Array.from({ length: 1_600 }, (_, at) => `${40_000 + at}-50000`);
  let done = false;
  const found = named(numbers, ranges.join(' ')).then((all) => {
    done = true;
    return all;
  });
  await nextTurn();
  expect(done).toBe(false);
  expect(await found).toMatchObject({ total: 0, unknownTotal: 1_600 });
});

describe('what says which record it is', () => {
  const names = (values: Record<string, string>) =>
    catalogOf('simotel')
      .fields.filter((spec) => isIdentity(catalogOf('simotel'), spec, (field) => values[field]))
      .map(({ name }) => name);

  it('is its number, name and e-mail, and what repeats the number', () => {
    expect(names({ number: '100', cid_number: '0213' })).toEqual(['name', 'number', 'email']);
    expect(names({ number: '100', cid_number: '100' })).toEqual(['name', 'number', 'cid_number', 'email']);
  });
});
