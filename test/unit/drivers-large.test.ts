import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ReadAnswer, readAnswer } from '../../electron/drivers/answers';
import { prepared } from '../../electron/drivers/large';
import { unpacked } from '../../electron/drivers/unpack';

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
  const { read: inTurns = null, unread } = await prepared(answer, limit);
  const plain = await unpacked(answer, limit);
  return { inTurns, unread, atOnce: (): ReadAnswer => readAnswer(plain) };
}

describe('a large answer read in turns', () => {
  it.each([
    ['as one line', JSON.stringify({ success: 1, message: 'a [{ b', data: rows, total: 8_000 })],
    ['with white space everywhere', JSON.stringify({ success: 1, data: rows, after: [{ x: [] }] }, null, 2)],
    ['with the list deeper down', JSON.stringify({ meta: { status: true }, data: { data: rows, page: 1 } })],
    ['with a mark before it', `\ufeff${JSON.stringify({ success: true, data: rows })}`],
    [
      'with the gaps that PHP makes an object of',
      JSON.stringify({
        success: 1,
        data: Object.fromEntries(rows.map((row, at) => [at * 2, row])),
        after: { a: 1 },
      }),
    ],
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
  ])('is refused in the same words, %s', async (_, text) => {
    const { inTurns, unread, atOnce } = await both(text);
    expect(inTurns).toBeNull();
    expect(unread?.code).toBe('bad-json');
    expect(atOnce).toThrow('bad-json');
  });

  it('is left alone where it is small', async () => {
    expect((await both(JSON.stringify({ data: [{ a: 1 }] }))).inTurns).toBeNull();
  });

  it('is the same where its bytes are of another encoding, and is not exact then', async () => {
    const latin = Buffer.from(JSON.stringify({ data: rows.map((row) => ({ ...row, name: 'é' })) }), 'latin1');
    const { inTurns, atOnce } = await both(latin, { 'content-type': 'text/html; charset=iso-8859-1' });
    expect(inTurns?.exact).toBe(false);
    expect(inTurns).toEqual(atOnce());
    const wide = await both(Buffer.from(JSON.stringify({ data: rows }), 'utf16le'));
    expect(wide.inTurns?.exact).toBe(true);
    expect(wide.inTurns).toEqual(wide.atOnce());
  });
});
