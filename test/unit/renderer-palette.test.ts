/** Which commands and records answer to what is typed into the palette, and in which order. */
import { expect, it } from 'vitest';
import { answering, type PaletteItem } from '../../renderer/frame/palette-items';
import type { Connection } from '../../shared/model/connection';

const tehran = { name: 'Tehran PBX', site: 'Behin' } as Connection;

function item(kind: PaletteItem['kind'], text: string, connection: Connection | null = null): PaletteItem {
  return { id: `${kind} ${text}`, kind, text, connection, run: () => undefined };
}

const commands = [
  item('command', 'Settings'),
  item('command', 'Synchronise', tehran),
  item('command', 'تنظیمات'),
];
const records = [item('record', '1010 Reception', tehran), item('record', '101 Sara', tehran)];

const texts = (typed: string, found: readonly PaletteItem[] = records) =>
  answering(typed, commands, found).map(({ text }) => text);

it('lists all commands where nothing is typed', () => {
  expect(texts('', [])).toEqual(commands.map(({ text }) => text));
});

it('finds a command by words in any order, of its connection and site too', () => {
  expect(texts('behin sync', [])).toEqual(['Synchronise']);
  expect(texts('pbx nothing', [])).toEqual([]);
});

it('finds Persian written with Arabic letters', () => {
  expect(texts('تنظيمات', [])).toEqual(['تنظیمات']);
});

it('puts the record whose whole number or name is typed first, and other records after the commands', () => {
  expect(texts('101')).toEqual(['101 Sara', '1010 Reception']);
  expect(texts('s')).toEqual(['Settings', 'Synchronise', '1010 Reception', '101 Sara']);
  expect(texts('sara')[0]).toBe('101 Sara');
});
