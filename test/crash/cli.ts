// npm run test:crash -- --kills 500 [--seed N]: the crash test in its long form. Ends with one line, and with code 1
// where anything did not hold.
import { parseArgs } from 'node:util';
import { crash } from './driver';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '500' },
      seed: { type: 'string' },
      size: { type: 'string' },
    },
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const kills = Number(values.kills);
  if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed))
    throw new Error('--kills and --seed are whole numbers');
  console.log(`seed ${seed}`);
  const size = values.size === undefined ? {} : { size: Number(values.size) };
  const report = await crash({ kills, seed, ...size, log: console.log });
  for (const violation of report.violations) console.log(`VIOLATION ${violation}`);
  const count = (of: Readonly<Record<string, number>>): string =>
    Object.entries(of)
      .map(([name, n]) => `${n} ${name}`)
      .join(', ');
  console.log(
    `seed ${report.seed}: ${report.landed} kills (${count(report.kills)}) in ${report.rounds} rounds, ` +
      `${report.faults} faults, rows ${count(report.outcomes)}, ${Math.round(report.ms / 1_000)} s, ` +
      `${report.violations.length} violations`,
  );
  return report.violations.length === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
