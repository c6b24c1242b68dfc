import { describe, expect, it } from 'vitest';
import { Licences } from '../../electron/about/licences';
import { Envelopes } from '../../electron/ipc/envelopes';
import { makeHandlers } from '../../electron/ipc/handlers';
import type { AppPort } from '../../electron/ipc/handlers/parts';
import { refusedHandlers } from '../../electron/ipc/handlers/refused';
import { contract } from '../../shared/contract/contract';
import { makeEnvelopeKeys, open } from '../../shared/lib/envelope';
import { problem } from '../../shared/model/problem';
import { tempFolder } from '../support/endings';
import { crypto, ok, openHouse, refused } from '../support/house';

const app: AppPort = {
  info: () => ({ version: '0', electron: '0', platform: 'linux', testRuntime: true }),
  preferences: () => ({ language: 'en', theme: 'system', density: 'dense', size: 100, shortcuts: {} }),
  setPreferences: () => ({ language: 'fa', theme: 'system', density: 'dense', size: 100, shortcuts: {} }),
  notices: () => [],
  keychainState: () => 'ready',
  retryKeychain: async () => 'ready',
  useSession: async () => 'session-only',
  copy: () => 30,
  clipboardText: async () => '',
  confirmMove: async () => false,
  confirmAuthority: async () => false,
  files: { askSave: async () => null, askOpen: async () => null, pdf: async () => new Uint8Array() },
  lock: {
    settings: () => ({ set: false, afterMinutes: 0 }),
    setAfter: (afterMinutes) => ({ set: false, afterMinutes }),
    setPassphrase: async () => ({ set: false, afterMinutes: 0 }),
    lock: () => undefined,
    unlock: async () => undefined,
    state: () => ({ locked: false, unlockPrompt: false }),
  },
  about: { licences: new Licences({ built: '', electron: [], electronVersion: '' }) },
  support: { tail: () => [], make: async () => ({ token: '', text: '' }), save: async () => null },
  readyToClose: () => undefined,
  stay: () => undefined,
  restart: () => undefined,
};

const named = (handlers: object): string[] =>
  Object.entries(handlers).flatMap(([group, members]) =>
    Object.entries(Object(members)).flatMap(([name, handler]) =>
      typeof handler === 'function' ? [`${group}.${name}`] : [],
    ),
  );

const requests = Object.entries(contract)
  .flatMap(([group, members]) => Object.keys(members).map((name) => `${group}.${name}`))
  .sort();

describe('the handlers', () => {
  it('are one for every request of the contract, and no more', async () => {
    const { services } = await openHouse();
    const handlers = makeHandlers({ services, app, envelopes: await Envelopes.make() });
    expect(named(handlers).sort()).toEqual(requests);
  });

  it('of a profile that cannot be used answer every request with the reason, but for those of the page that says it', async () => {
    const why = problem('database-newer', { found: 9, known: 1 });
    const handlers = refusedHandlers(why, app, await Envelopes.make());
    expect(named(handlers).sort()).toEqual(requests);
    for (const [group, members] of Object.entries(handlers)) {
      if (group === 'app') continue;
      for (const handler of Object.values(members))
        expect(() => Reflect.apply(handler, undefined, [])).toThrow('database-newer');
    }
    expect(contract.app.info.output.parse(handlers.app.info())).toMatchObject({ refused: why });
  });

  it('tell of the program what the contract allows, with the key to seal secrets to', async () => {
    const house = await openHouse();
    const info = await ok(house.ask.app.info());
    expect(info).toMatchObject({ keychain: 'ready', refused: null });
  });
});

describe('an envelope', () => {
  it('sealed to another run, or altered, is refused and nothing is kept', async () => {
    const house = await openHouse();
    const other = await openHouse({ folder: tempFolder() });
    const made = await ok(
      house.ask.connections.create({
        kind: 'edge',
        name: 'Panel',
        site: '',
        baseUrl: 'https://edge.example',
        authMode: 'token',
        timeoutMs: 1_000,
        writeMode: 'full',
        colour: 'blue',
        tag: '',
        certificate: null,
      }),
    );
    const foreign = await other.envelope('CANARY');
    const mine = await house.envelope('CANARY');
    const altered = { ...mine, sealed: `${mine.sealed.startsWith('A') ? 'B' : 'A'}${mine.sealed.slice(1)}` };
    for (const secret of [foreign, altered]) {
      const asked = house.ask.connections.setCredential({ connectionId: made.id, part: 'token', secret });
      expect(await refused(asked)).toEqual({ code: 'invalid-input', params: { field: 'envelope' } });
    }
    expect([...house.keychain.entries.keys()].filter((name) => name.startsWith('connection/'))).toEqual([]);
  });

  it('made by the main process opens only for the window that asked', async () => {
    const envelopes = await Envelopes.make();
    const window = await makeEnvelopeKeys(crypto);
    const sealed = await envelopes.seal(window.publicKey, 'CANARY');
    expect(JSON.stringify(sealed)).not.toContain('CANARY');
    expect(await open(crypto, window, sealed)).toBe('CANARY');
    await expect(open(crypto, await makeEnvelopeKeys(crypto), sealed)).rejects.toThrow();
    await expect(envelopes.open(sealed)).rejects.toThrow('invalid-input');
  });
});
