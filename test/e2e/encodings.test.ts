import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { ensureElectron } from '../../scripts/lib/electron.mjs';
import { encodings, type SheetEncoding } from '../../shared/model/sheet';

/** A letter of each encoding, and its bytes. */
const letters: Readonly<Record<SheetEncoding, readonly [letter: string, bytes: string]>> = {
  'utf-8': ['س', 'd8b3'],
  'utf-16le': ['س', '3306'],
  'utf-16be': ['س', '0633'],
  'windows-1256': ['س', 'd3'],
  'iso-8859-6': ['ي', 'ea'],
  'windows-1252': ['ñ', 'f1'],
  'iso-8859-15': ['€', 'a4'],
  'windows-1250': ['ř', 'f8'],
  'iso-8859-2': ['ő', 'f5'],
  'windows-1254': ['ş', 'fe'],
  'windows-1251': ['Ж', 'c6'],
  'windows-1253': ['Ω', 'd9'],
  'windows-1255': ['ש', 'f9'],
  'windows-1257': ['ė', 'eb'],
  'koi8-r': ['Ж', 'f6'],
  ibm866: ['Ж', '86'],
  macintosh: ['é', '8e'],
};

/** Electron brings its own ICU, which may know fewer encodings than Node's. */
it('Electron reads every encoding that spreadsheets come in, and knows the Jalali calendar', async () => {
  const { executable } = await ensureElectron();
  const script = `
    const read = ${JSON.stringify(Object.entries(letters))}.map(([one, [, bytes]]) =>
      new TextDecoder(one, { fatal: true }).decode(Buffer.from(bytes, 'hex')));
    const day = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', { year: 'numeric', timeZone: 'UTC' });
    console.log(JSON.stringify([...read, day.format(Date.UTC(2026, 10, 21))]));`;
  const said = execFileSync(executable, ['-e', script], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    encoding: 'utf8',
  });
  const [year = '', ...read] = z.array(z.string()).parse(JSON.parse(said)).reverse();
  expect(read.reverse()).toEqual(Object.values(letters).map(([letter]) => letter));
  expect(Object.keys(letters)).toEqual([...encodings]);
  expect(year).toContain('1405');
});
