import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ReadAnswer, readAnswer } from '../../electron/drivers/answers';
import { readLarge } from '../../electron/drivers/large';

const answerOf = (body: Buffer, headers: Record<string, string> = {}) => ({
  url: 'http://pbx.test/search',
  status: 200,
  headers: new Map(Object.entries(headers)),
  body,
});
const limit = 64 * 1_048_576;
const rows = Array.from({ length: 8_000 }, (_, at) => ({
  _id: `id ${at}`,
  name: `علی "${at}" \\ [{,}]`,
  nested: { list: [1, [2, { deep: '}],' }]], empty: [], none: null },
  more_options: 'a=b\\\\',
}));

/** What is read in turns, after making sure that it was, and what is read at once. */
async function both(text: string | Buffer, headers?: Record<string, string>) {
  const answer = answerOf(Buffer.from(text), headers);
  return { inTurns: await readLarge(answer, limit), atOnce: (): ReadAnswer => readAnswer(answer, limit) };
}

describe('a large answer read in turns', () => {
  it.each([
    ['as one line', JSON.stringify({ success: 1, message: 'a [{ b', data: rows, total: 8_000 })],
    ['with white space everywhere', JSON.stringify({ success: 1, data: rows, after: [{ x: [] }] }, null, 2)],
    ['with the list deeper down', JSON.stringify({ meta: { status: true }, data: { data: rows, page: 1 } })],
    ['with a mark before it', `\ufeff${JSON.stringify({ success: true, data: rows })}`],
    ['with no list of objects', JSON.stringify({ success: 1, data: 'x'.repeat(700_000) })],
  ])('is the same as read at once, %s', async (_, text) => {
    const { inTurns, atOnce } = await both(text);
    expect(inTurns).not.toBeNull();
    expect(inTurns).toEqual(atOnce());
  });

  it('is the same where it is packed', async () => {
    const noisy = rows.map((row, at) => ({ ...row, noise: Math.sin(at).toString(36).repeat(8) }));
    const packed = gzipSync(JSON.stringify({ success: 1, data: noisy }), { level: 1 });
    const { inTurns, atOnce } = await both(packed, { 'content-encoding': 'gzip' });
    expect(inTurns).not.toBeNull();
    expect(inTurns).toEqual(atOnce());
  });

  it('leaves out what would be turned against a prototype', async () => {
    const text = JSON.stringify({ data: rows }).replace(
      '"more_options"',
      '"__proto__":{"bad":1},"more_options"',
    );
    const { inTurns } = await both(text);
    expect(JSON.stringify(inTurns)).not.toContain('bad');
  });

  it.each([
    ['cut off', JSON.stringify({ data: rows }).slice(0, -40)],
    ['with a comma too many', JSON.stringify({ data: rows }).replace(/\]\}$/, ',]}')],
    ['with an entry that is broken', JSON.stringify({ data: rows }).replace('"id 77"', 'id 77')],
    ['with more after it', `${JSON.stringify({ data: rows })}x`],
  ])('is left to who says what is wrong, %s', async (_, text) => {
    const { inTurns, atOnce } = await both(text);
    expect(inTurns).toBeNull();
    expect(atOnce).toThrow('bad-json');
  });

  it('is left alone where it is small, or is no text', async () => {
    expect((await both(JSON.stringify({ data: [{ a: 1 }] }))).inTurns).toBeNull();
    const bytes = Buffer.concat([Buffer.from(JSON.stringify({ data: rows })), Buffer.from([0xff])]);
    expect((await both(bytes)).inTurns).toBeNull();
  });
});
