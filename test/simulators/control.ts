import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { send } from './fault-play.ts';
import { faultSchema, matchSchema } from './faults.ts';
import { type CommonModes, describeModes } from './modes-common.ts';
import type { Simulator } from './simulator.ts';
import { readBody } from './transport.ts';
import { fieldsSchema, readJson } from './types.ts';

const PREFIX = '/__sim/';
const id = z.union([z.string(), z.number()]);
const patchBody = z.strictObject({ id, fields: fieldsSchema });
const removeBody = z.strictObject({ id });
const faultBody = z.strictObject({
  fault: z
    .union([z.string().transform((kind) => ({ kind })), z.looseObject({ kind: z.string() })])
    .pipe(faultSchema),
  match: matchSchema.default({}),
  times: z.union([z.number().int().positive(), z.literal('always')]).default(1),
});

export function isControl(path: string): boolean {
  return path.startsWith(PREFIX);
}

/**
 * Control over HTTP, for other programs: the same as the programmatic one, JSON in and out, loopback only, no
 * credential. Answers 400 with what is wrong, 403 to other machines, 404 with a list of the paths.
 */
export async function handleControl<M extends CommonModes>(
  simulator: Simulator<M>,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const reply = (status: number, body: unknown): void =>
    send(response, status, { 'content-type': 'application/json; charset=utf-8' }, JSON.stringify(body));
  if (!isLoopback(request.socket.remoteAddress))
    return reply(403, { error: 'control is for this machine only' });
  try {
    const body = readJson(await readBody(request)) ?? {};
    const run = routes(simulator, body, url)[`${request.method} ${url.pathname.slice(PREFIX.length)}`];
    if (!run)
      return reply(404, { error: 'no such control', controls: Object.keys(routes(simulator, body, url)) });
    const result = await run();
    reply(200, result ?? { done: true });
  } catch (error) {
    reply(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

type Control = () => unknown;

function routes<M extends CommonModes>(
  simulator: Simulator<M>,
  body: unknown,
  url: URL,
): Record<string, Control> {
  const modes = (): unknown => ({
    kind: simulator.kind.name,
    modes: simulator.modes(),
    table: describeModes(simulator.kind.modes),
  });
  const faults = (): unknown => ({ faults: simulator.armedFaults() });
  return {
    'GET modes': modes,
    'POST modes': () => {
      simulator.setMode(simulator.kind.modes.parse({ ...simulator.modes(), ...fieldsSchema.parse(body) }));
      return modes();
    },
    'GET log': () => {
      const since = Number(url.searchParams.get('since') ?? 0);
      return { log: simulator.log.filter((entry) => entry.seq > since) };
    },
    'DELETE log': () => simulator.clearLog(),
    'GET records': () => {
      const wanted = url.searchParams.get('id');
      return {
        records:
          wanted === null
            ? simulator.records()
            : [simulator.record(wanted)].filter((found) => found !== undefined),
      };
    },
    'POST patch': () => {
      const { id, fields } = patchBody.parse(body);
      simulator.patch(id, fields);
      return { record: simulator.record(id) };
    },
    'POST remove': () => ({ removed: simulator.remove(removeBody.parse(body).id) }),
    'GET faults': faults,
    'POST faults': () => {
      const { fault, match, times } = faultBody.parse(body);
      // Control uses the same listener: without an end, a refused one could not be reopened from outside.
      if ((fault.kind === 'refuse' || fault.kind === 'crashOnWrite') && fault.forMs === undefined)
        throw new Error(`${fault.kind} needs forMs here`);
      if (fault.kind === 'refuse') setTimeout(() => simulator.failNext(fault), 50);
      else simulator.failNext(fault, match, times === 'always' ? Number.POSITIVE_INFINITY : times);
      return faults();
    },
    'DELETE faults': () => simulator.clearFaults(),
    'POST reset': () => simulator.reset(),
  };
}

function isLoopback(address: string | undefined): boolean {
  return address === '::1' || (address ?? '').replace(/^::ffff:/, '').startsWith('127.');
}
