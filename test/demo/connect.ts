import type { Page } from 'playwright-core';
import type { Bridge } from '../../shared/contract/contract';
import { type EnvelopeCrypto, seal } from '../../shared/lib/envelope';
import type { Connection, ConnectionDraft } from '../../shared/model/connection';

declare const window: { readonly patchbay: Bridge };

const crypto: EnvelopeCrypto = {
  subtle: globalThis.crypto.subtle,
  getRandomValues: (bytes) => globalThis.crypto.getRandomValues(bytes),
};

export interface WantedConnection {
  readonly draft: ConnectionDraft;
  readonly credentials: Readonly<Record<string, string>>;
}

/**
 * Adds a connection with its credentials the way the window does it: through the contract, the credentials in
 * envelopes. For profiles that shall start connected; the connection form has its own tests.
 */
export async function connect(page: Page, wanted: WantedConnection): Promise<Connection> {
  const info = await page.evaluate(() => window.patchbay.app.info());
  if (!info.ok) throw new Error(`app.info: ${info.problem.code}`);
  const made = await page.evaluate((draft) => window.patchbay.connections.create(draft), wanted.draft);
  if (!made.ok) throw new Error(`connections.create: ${made.problem.code}`);
  const connectionId = made.value.id;
  for (const [part, value] of Object.entries(wanted.credentials)) {
    const secret = await seal(crypto, info.value.envelopeKey, value);
    const kept = await page.evaluate((input) => window.patchbay.connections.setCredential(input), {
      connectionId,
      part,
      secret,
    });
    if (!kept.ok) throw new Error(`connections.setCredential: ${kept.problem.code}`);
  }
  // The side list moves when it comes: a click on its neighbour would go nowhere.
  const listed = page.getByRole('navigation').getByRole('button', { name: wanted.draft.name });
  await listed.first().waitFor();
  return made.value;
}

/** How long a server's answer may take; what tries time-outs takes less than what must pass on a busy machine. */
const demoTimeoutMs = 5_000;

const common = { parallel: 4, writeMode: 'full', certificate: null } as const;

/** The demo's PBX. */
export function demoPbx(
  url: string,
  account: { user: string; password: string },
  timeoutMs = demoTimeoutMs,
): WantedConnection {
  const draft = {
    kind: 'simotel',
    name: 'Tehran PBX',
    site: 'Behin Co',
    baseUrl: url,
    authMode: 'basic',
    colour: 'blue',
    tag: '',
  } as const;
  return {
    draft: { ...draft, ...common, timeoutMs },
    credentials: { user: account.user, password: account.password },
  };
}

/** The demo's panel tenant. */
export function demoPanel(
  url: string,
  account: { token: string },
  timeoutMs = demoTimeoutMs,
): WantedConnection {
  const draft = {
    kind: 'edge',
    name: 'Message panel',
    site: 'Behin Co',
    baseUrl: url,
    authMode: 'token',
    colour: 'teal',
    tag: '',
  } as const;
  return { draft: { ...draft, ...common, timeoutMs }, credentials: { token: account.token } };
}
