import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { ensureElectron } from '../../scripts/lib/electron.mjs';
import { encodings } from '../../shared/model/sheet';

/** Electron brings its own ICU, which may know fewer encodings than Node's. */
it('Electron reads every encoding that spreadsheets come in, and knows the Jalali calendar', async () => {
  const { executable } = await ensureElectron();
  const script = `
    const read = ${JSON.stringify(encodings)}.map((one) => new TextDecoder(one, { fatal: true }).decode(
      Buffer.from({ 'utf-8': 'd8b3', 'utf-16le': '3306', 'utf-16be': '0633', 'windows-1256': 'd3' }[one], 'hex')));
    const day = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', { year: 'numeric', timeZone: 'UTC' });
    console.log(JSON.stringify([...read, day.format(Date.UTC(2026, 10, 21))]));`;
  const said = execFileSync(executable, ['-e', script], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    encoding: 'utf8',
  });
  const [year = '', ...letters] = z.array(z.string()).parse(JSON.parse(said)).reverse();
  expect(letters).toEqual(encodings.map(() => 'س'));
  expect(year).toContain('1405');
});
