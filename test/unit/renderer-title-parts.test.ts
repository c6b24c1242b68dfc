/** The parts of a record's title, each of which keeps its own direction. */
import { expect, it } from 'vitest';
import { isolateTitle, titleParts } from '../../renderer/ui/title-parts';

const texts = (title: string) => titleParts(title).map(({ text }) => text);

it('a number stands apart from the name behind it, whatever the name’s direction', () => {
  expect(titleParts('101 محمد ژاله‌پور')).toEqual([
    { text: '101', short: true },
    { text: 'محمد ژاله‌پور', short: false },
  ]);
  expect(texts('1203 Sara Ahmadi')).toEqual(['1203', 'Sara Ahmadi']);
  expect(texts('*43 Echo')).toEqual(['*43', 'Echo']);
});

it('a login name stands apart from a Persian name before it, and not from one of its own direction', () => {
  expect(texts('نگار شریفی n_sharifi4')).toEqual(['نگار شریفی', 'n_sharifi4']);
  expect(texts('Zahra Ebrahimi z_ebrahimi1')).toEqual(['Zahra Ebrahimi z_ebrahimi1']);
});

it('a title of one part stays whole', () => {
  for (const title of ['1203', 'محمد', 'Support - پشتیبانی 0', '65f0aa', ''])
    expect(texts(title)).toEqual([title]);
});

it('inside a sentence each part is isolated by itself, so that the number stays first in the order of reading', () => {
  expect(isolateTitle('101 محمد ژاله‌پور')).toBe('\u2068101\u2069 \u2068محمد ژاله‌پور\u2069');
  expect(isolateTitle('Reception')).toBe('\u2068Reception\u2069');
});

it('inside a sentence a character that cannot be seen, or turns the sentence round, is written out', () => {
  expect(isolateTitle('Rec\u202eeption')).toBe('\u2068Rec‹U+202E›eption\u2069');
  expect(isolateTitle('101 Ali\u2069 gone')).toBe('\u2068101\u2069 \u2068Ali‹U+2069› gone\u2069');
  // What its script needs is no such thing.
  expect(isolateTitle('می‌روم')).toBe('\u2068می‌روم\u2069');
});
