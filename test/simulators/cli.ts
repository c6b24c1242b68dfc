import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { edgeModes } from './edge-modes.ts';
import { faultTexts } from './faults.ts';
import { demoEdgeAccount, demoSimotelAccount, startEdge, startSimotel } from './index.ts';
import { describeModes, readModeSettings } from './modes-common.ts';
import { simotelModes } from './simotel-modes.ts';

const KINDS = ['simotel', 'edge', 'both'];

function help(): string {
  const modes = (schema: z.ZodType): string =>
    describeModes(schema)
      .map(
        ({ name, values, fallback, text }) =>
          `  ${name.padEnd(20)} ${values} [${fallback}]\n${' '.repeat(23)}${text}`,
      )
      .join('\n');
  return `Simulated servers for Patchbay.

npm run simulators -- <simotel|edge|both> [options]

  --port N            port; with both, Edge gets the next one (Simotel 8088, Edge 8089)
  --host ADDRESS      address to listen on (127.0.0.1)
  --seed N            which company (1); the same seed and size give the same data
  --size N            how many users (40)
  --tls first|second  https with one of the two self-signed certificates
  --mode NAME=VALUE   set a mode; may be repeated. With both: simotel.NAME=VALUE or edge.NAME=VALUE
  --help

Modes of simotel [default]:
${modes(simotelModes)}

Modes of edge [default]:
${modes(edgeModes)}

Faults, armed while it runs with POST /__sim/faults {"fault": …, "match": {"path","method","recordId","nth"}, "times": N or "always"}:
${faultTexts.map(({ kind, text }) => `  ${kind.padEnd(20)} ${text}`).join('\n')}

Control, from this machine, without a credential: GET|POST /__sim/modes, GET|DELETE /__sim/log, GET /__sim/records?id=,
POST /__sim/patch {"id","fields"}, POST /__sim/remove {"id"}, GET|POST|DELETE /__sim/faults, POST /__sim/reset
`;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      seed: { type: 'string', default: '1' },
      size: { type: 'string', default: '40' },
      tls: { type: 'string', default: 'none' },
      mode: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const kind = positionals[0] ?? '';
  if (values.help || !KINDS.includes(kind)) {
    console.log(help());
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const tls = values.tls === 'first' || values.tls === 'second' ? values.tls : 'none';
  if (tls !== values.tls) throw new Error('--tls is first or second');
  const common = {
    host: values.host,
    seed: whole('seed', values.seed),
    size: whole('size', values.size),
    tls,
  } as const;
  const first = whole('port', values.port ?? (kind === 'edge' ? '8089' : '8088'));
  const settings = (name: string): string[] =>
    kind === 'both'
      ? values.mode.filter((each) => each.startsWith(`${name}.`)).map((each) => each.slice(name.length + 1))
      : values.mode;
  const stray = kind === 'both' ? values.mode.find((each) => !/^(simotel|edge)\./.test(each)) : undefined;
  if (stray) throw new Error(`With both, write simotel.${stray} or edge.${stray}`);
  const stops: Array<() => Promise<void>> = [];
  if (kind !== 'edge') {
    const modes = simotelModes.parse(readModeSettings(simotelModes, settings('simotel')));
    const simotel = await startSimotel({ ...common, port: first, modes });
    stops.push(() => simotel.stop());
    const { user, password, apiKey } = demoSimotelAccount;
    console.log(
      `Simotel   ${simotel.url}   (API ${simotel.url}/api/${modes.apiVersion}, auth ${modes.authMode})`,
    );
    console.log(
      `  user ${user}   password ${password}   X-APIKEY ${apiKey}\n  control ${simotel.url}/__sim/modes`,
    );
  }
  if (kind !== 'simotel') {
    const modes = edgeModes.parse(readModeSettings(edgeModes, settings('edge')));
    const edge = await startEdge({
      ...common,
      port: kind === 'both' && first !== 0 ? first + 1 : first,
      modes,
    });
    stops.push(() => edge.stop());
    console.log(`Edge      ${edge.url}${modes.basePath}`);
    console.log(
      `  token ${demoEdgeAccount.token}   api key ${demoEdgeAccount.apiKey}\n  control ${edge.url}/__sim/modes`,
    );
  }
  const end = (): void => void Promise.all(stops.map((stop) => stop())).then(() => process.exit(0));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

function whole(name: string, value: string): number {
  if (!/^\d+$/.test(value)) throw new Error(`--${name} is a whole number`);
  return Number(value);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(2);
});
