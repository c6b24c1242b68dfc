import type { EdgeModes } from './edge-modes.ts';
import { type EdgeAccount, edgeKind } from './edge-routes.ts';
import type { SimotelAccount } from './simotel-gate.ts';
import type { SimotelModes } from './simotel-modes.ts';
import { simotelKind } from './simotel-routes.ts';
import { type ServerOptions, Simulator } from './simulator.ts';

export type { EdgeModes } from './edge-modes.ts';
export type { FaultInput } from './faults.ts';
export type { LogEntry } from './log.ts';
export { type ProxySimulator, startProxy } from './proxy.ts';
export type { SimotelModes } from './simotel-modes.ts';
export type { ServerOptions } from './simulator.ts';
export { authority, certificate } from './transport.ts';
export type { Fields } from './types.ts';

export type SimotelSimulator = Simulator<SimotelModes>;
export type EdgeSimulator = Simulator<EdgeModes>;

export interface SimotelOptions extends ServerOptions {
  readonly auth?: Partial<SimotelAccount> & { readonly mode?: SimotelModes['authMode'] };
  readonly modes?: Partial<SimotelModes>;
}

export interface EdgeOptions extends ServerOptions {
  readonly token?: string;
  readonly apiKey?: string;
  readonly modes?: Partial<EdgeModes>;
}

/** The demo servers' accounts. They are public and protect nothing. */
export const demoSimotelAccount: SimotelAccount = {
  user: 'patchbay',
  password: 'demo-pbx-password',
  apiKey: 'demo-pbx-api-key-0001',
};
export const demoEdgeAccount: EdgeAccount = {
  token: 'demo-edge-token-0001',
  apiKey: 'demo-edge-api-key-0001',
};

/** Starts a Simotel PBX (api/simotel.md): by default 40 users of seed 1 on a free loopback port. */
export async function startSimotel(options: SimotelOptions = {}): Promise<SimotelSimulator> {
  const { mode, ...account } = options.auth ?? {};
  const kind = simotelKind({ ...demoSimotelAccount, ...account }, options.seed ?? 1, options.size ?? 40);
  return Simulator.start(kind, { ...(mode ? { authMode: mode } : {}), ...options.modes }, options);
}

/** Starts an Edge panel (api/edge.md): by default 40 users of seed 1 on a free loopback port. */
export async function startEdge(options: EdgeOptions = {}): Promise<EdgeSimulator> {
  const account = {
    token: options.token ?? demoEdgeAccount.token,
    apiKey: options.apiKey ?? demoEdgeAccount.apiKey,
  };
  return Simulator.start(
    edgeKind(account, options.seed ?? 1, options.size ?? 40),
    options.modes ?? {},
    options,
  );
}
