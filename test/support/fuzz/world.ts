import { randomUUID } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Diagnostics } from '../../../electron/app/diagnostics';
import { AppLock } from '../../../electron/app/lock';
import { LockStore } from '../../../electron/app/lock-store';
import { Log } from '../../../electron/app/log';
import { Masks } from '../../../electron/app/masks';
import { supportFacts } from '../../../electron/app/support-facts';
import { keychainProblem } from '../../../electron/connections/credentials';
import { driverFor } from '../../../electron/drivers';
import { answeredWhileLocked } from '../../../electron/ipc/handlers/lock';
import { catalogOf, type Kind, kindSchema } from '../../../shared/catalog';
import { makeEnvelopeKeys } from '../../../shared/lib/envelope';
import type { Connection } from '../../../shared/model/connection';
import { everything } from '../../../shared/model/journal';
import { problem } from '../../../shared/model/problem';
import { preferencesSchema } from '../../../shared/model/workspace';
import { demoEdgeAccount, demoSimotelAccount } from '../../simulators';
import { tempFolder } from '../endings';
import { connect, crypto, type House, ok, openHouse, type } from '../house';
import { panel, pbx } from '../servers';
import { Known, Sealed } from './arbitrary';
import { onlyLoopback } from './loopback';

export interface World {
  readonly house: House;
  /** Creates what messages may refer to: connections that answer, prepared edits, a plan, written changes. */
  readonly tend: () => Promise<void>;
  /** Replaces a message's placeholders. */
  readonly named: (message: unknown) => Promise<unknown>;
  /** Collects names from an answer. */
  readonly heard: (channel: string, value: unknown) => void;
  /** Sets the user's answer to file dialogs, chosen by a number of the message. */
  readonly answerDialogs: (dice: number) => void;
}

const job = () => randomUUID();

/** Makes the whole program behind its contract, on a private database, with servers on this computer. */
export async function openWorld(): Promise<World> {
  // Two of each: two connections to one server would hold each other's rows back.
  const servers: Record<Kind, readonly { readonly url: string }[]> = {
    simotel: [await pbx(), await pbx()],
    edge: [await panel(), await panel()],
  };
  const urls = Object.values(servers).flatMap((some) => some.map(({ url }) => url));
  let lock: AppLock | null = null;
  let later = 0;
  let dice = 0;
  const files = tempFolder();
  const house = await openHouse({
    driverFor: (kind) => onlyLoopback(driverFor(kind)),
    around: ({ database, folder, keychain, vault, services }) => {
      const masks = new Masks();
      const log = new Log(join(folder, 'logs', 'patchbay.log'), masks);
      const store = new LockStore(database);
      let preferences = preferencesSchema.parse({
        language: 'en',
        theme: 'system',
        density: 'dense',
        size: 100,
        shortcuts: {},
      });
      const made = new AppLock({
        store,
        keychain,
        keychainOpen: async () => ['ready', 'other'].includes(await vault.open()),
        problemOf: keychainProblem,
        now: () => performance.now() + later,
        prompt: null,
        session: { take: () => vault.takeSession(), give: (text) => void vault.giveSession(text) },
        locked: () => services.close(),
        unlocked: () => services.unlock(),
      });
      lock = made;
      const diagnostics = new Diagnostics({
        log,
        masks,
        version: '0',
        schema: () => 0,
        facts: () => supportFacts(services),
        askSave: async () => join(files, 'diagnostics'),
      });
      return {
        held: (name) => (made.locked && !answeredWhileLocked.has(name) ? problem('locked') : null),
        app: {
          preferences: () => preferences,
          setPreferences: (change) => {
            const given = Object.entries(change).filter(([, value]) => value !== undefined);
            preferences = preferencesSchema.parse({ ...preferences, ...Object.fromEntries(given) });
            return preferences;
          },
          lock: {
            settings: () => made.settings(),
            setAfter: (minutes) => made.setAfter(minutes),
            setPassphrase: (next, current) => made.setPassphrase(next, current),
            lock: () => made.lock(),
            unlock: (passphrase) => made.unlock(passphrase),
            state: () => ({ locked: made.locked, unlockPrompt: false }),
          },
          files: {
            askSave: async (_name, what) => {
              const way = dice % 10;
              if (way === 0) return null;
              return way === 1 ? join(files, 'no', 'such', 'folder') : join(files, `${what}-${dice % 4}`);
            },
            // Mostly a file of that kind from anywhere; sometimes another one, or none.
            askOpen: async (what) => {
              const there = readdirSync(files);
              const fit = there.filter((name) => name.startsWith(what));
              const way = dice % 10;
              const from = way < 8 && fit.length > 0 ? fit : there;
              return way === 9 ? null : join(files, from[dice % from.length] ?? 'none');
            },
            pdf: async (page) => Buffer.from(page),
          },
          support: {
            tail: (lines) => log.tail(lines),
            make: () => diagnostics.make(),
            save: (token) => diagnostics.save(token),
          },
        },
      };
    },
  });
  const { ask } = house;
  writeFileSync(join(files, 'sheet-a'), 'number,name,email\n101,Sara,sara@example.ir\n102,Ali,\n');
  writeFileSync(join(files, 'sheet-b'), Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x22, 0x2c, 0x0a]));
  writeFileSync(join(files, 'work-order-a'), '{"format":"patchbay-work-order","version":1,"header":{}}');

  const window = await makeEnvelopeKeys(crypto);
  const catalogs = kindSchema.options.map(catalogOf);
  const parts = catalogs.flatMap(({ authModes }) =>
    authModes.flatMap((mode) => mode.parts.map(({ id }) => id)),
  );
  const pools = new Map<string, unknown[]>([
    ['publicKey', [window.publicKey]],
    ['authMode', catalogs.flatMap(({ authModes }) => authModes.map(({ id }) => id))],
    ['part', parts],
    ['site', ['Site', '']],
    ['code', ['reason.not-found', 'field.required', 'reason.cells-count']],
    [
      'baseUrl',
      [
        ...urls,
        ...urls.map((url) => `${url}/v1`),
        'http://127.0.0.1:9',
        'https://127.0.0.1:9/api',
        'http://user:word@127.0.0.1:9',
        'ftp://127.0.0.1',
        '127.0.0.1',
        'http://[::1]:9',
      ],
    ],
  ]);
  const same: Record<string, readonly string[]> = {
    draftOf: ['connectionId'],
    record: ['remoteId'],
    column: ['field'],
    key: ['part', 'field', 'fileKey'],
    'credentials.key': ['part'],
    'columns.key': ['connectionId'],
    from: ['seq', 'field', 'moment'],
    to: ['workOrderId', 'seq', 'moment'],
    before: ['seq', 'moment'],
    except: ['changeId'],
    archive: ['archive'],
    name: ['backup', 'label'],
    field: ['field'],
    origin: ['origin'],
  };
  const put = (name: string, values: readonly unknown[], most = 40): void => {
    if (values.length > 0)
      pools.set(name, [...new Set([...values, ...(pools.get(name) ?? [])])].slice(0, most));
  };
  const renew = (name: string, values: readonly unknown[]): void => {
    pools.set(name, [...values]);
  };

  /** @param of the connection that the message names, whose records and fields are preferred */
  const found = ({ name, nth, schema, madeUp }: Known, of: unknown): unknown => {
    const fits = (value: unknown): boolean => schema.safeParse(value).success;
    const names = (same[name] ?? [name]).flatMap((one) =>
      nth % 4 > 0 ? [`${one} ${String(of)}`, one] : [one],
    );
    for (const one of names) {
      const there = (pools.get(one) ?? []).filter(fits);
      if (there.length > 0) return there[nth % there.length];
    }
    return madeUp;
  };
  const named = async (message: unknown, of: unknown = null): Promise<unknown> => {
    if (message instanceof Sealed) return house.envelope(message.text);
    if (message instanceof Known) return found(message, of);
    if (Array.isArray(message)) return Promise.all(message.map((one) => named(one, of)));
    if (message === null || typeof message !== 'object') return message;
    const about: unknown = Reflect.get(message, 'connectionId');
    const connection = about === undefined ? of : await named(about);
    const entries = Object.entries(message).map(
      async ([key, value]) =>
        [key, key === 'connectionId' ? connection : await named(value, connection)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  };

  const ids: Record<string, readonly [pool: string, key: string]> = {
    'plan.make': ['planId', 'id'],
    'apply.start': ['runId', 'id'],
    'bulk.preview': ['batchId', 'id'],
    'sheets.preview': ['batchId', 'id'],
    'sheets.open': ['sheetId', 'id'],
    'sheets.paste': ['sheetId', 'id'],
    'templates.create': ['templateId', 'id'],
    'workOrders.openFile': ['token', 'token'],
    'support.diagnostics': ['token', 'token'],
    'keeping.openArchive': ['archive', 'token'],
    'keeping.backUp': ['backup', 'name'],
  };
  const heard = (channel: string, value: unknown): void => {
    const [pool, key] = ids[channel] ?? [];
    if (pool && key && value !== null && typeof value === 'object') put(pool, [Reflect.get(value, key)], 3);
    const step: unknown =
      channel === 'batches.prepare' && value !== null && typeof value === 'object'
        ? Reflect.get(value, 'step')
        : null;
    if (step !== null && typeof step === 'object') put('stepId', [Reflect.get(step, 'id')], 6);
    const connections: unknown =
      channel === 'workOrders.openFile' ? Reflect.get(Object(value), 'connections') : null;
    if (Array.isArray(connections))
      put('fileKey', connections.map((one) => Reflect.get(Object(one), 'key')).filter(Boolean), 6);
  };

  const login = async ({ id, kind }: Connection): Promise<void> => {
    const parts: Record<string, string> =
      kind === 'simotel'
        ? { user: demoSimotelAccount.user, password: demoSimotelAccount.password }
        : { token: demoEdgeAccount.token };
    for (const [part, secret] of Object.entries(parts))
      await ask.connections.setCredential({ connectionId: id, part, secret: await house.envelope(secret) });
  };

  let round = 0;
  const tend = async (): Promise<void> => {
    round += 1;
    later += 400_000;
    // A message may have switched to session-only mode.
    await house.vault.retry();
    if (lock?.locked || lock?.settings().set) {
      house.keychain.entries.delete('app-lock');
      await lock.unlock('');
      new LockStore(house.database).save({ set: false, afterMinutes: 0 });
    }
    await house.services.unlock();
    const all = await ok(ask.connections.list());
    const working: Connection[] = [];
    for (const kind of kindSchema.options) {
      for (const server of servers[kind]) {
        const own = all.find(
          (one) => one.kind === kind && one.baseUrl.startsWith(server.url) && one.name.startsWith('Tended'),
        );
        if (own) await login(own);
        working.push(own ?? (await connect(house, kind, server, { name: `Tended ${round}` })));
      }
    }
    for (const other of all.filter((one) => working.every(({ id }) => id !== one.id)).slice(4))
      await ask.connections.remove({ connectionId: other.id });

    const remote: string[] = [];
    for (const connection of working) {
      const connectionId = connection.id;
      if (round % 4 === 1) await ask.directory.sync({ connectionId });
      const query = { text: '', sort: null, onlyChanged: false, columns: [], offset: 0, limit: 6 };
      const page = await ask.directory.page({ connectionId, ...query });
      const rows = page.ok ? page.value.rows.map(({ remoteId }) => remoteId) : [];
      remote.push(...rows);
      renew(`remoteId ${connectionId}`, rows);
      renew(
        `field ${connectionId}`,
        // There are few secrets, and they have their own requests.
        catalogOf(connection.kind).fields.flatMap(({ name, secret }) =>
          Array.from({ length: secret ? 8 : 1 }, () => name),
        ),
      );
      const [first, second] = rows;
      if (first && second) {
        await type(house, connection, first, 'name', `Tended ${round}`).catch(() => null);
        await ask.selection.change({
          connectionId,
          query: { text: '', sort: null, onlyChanged: false },
          action: { do: 'only', remoteId: second },
        });
        await ask.bulk.open({ connectionId, records: [second], sort: null, rules: { none: true } });
        await ask.bulk.setRule({
          connectionId,
          field: 'name',
          rule: { rule: 'text', template: `Many ${round}` },
        });
        const batch = await ask.bulk.preview({ connectionId, job: job() });
        if (batch.ok) heard('bulk.preview', batch.value);
      }
      house.clipboard.text = `number\tname\temail\n101\tTended ${round}\tnew@example.ir\n`;
      const sheet = await ask.sheets.paste({ connectionId, job: job() });
      if (sheet.ok) heard('sheets.paste', sheet.value);
    }
    renew('connectionId', [...working, ...all].map(({ id }) => id).slice(0, 8));
    renew('remoteId', remote);
    renew('field', ['name', 'email', 'number', 'secret', 'password', 'mobile', 'uname', 'user_id', 'id']);
    renew('moment', [Date.now(), Date.now() - 1_000, 0, 8.64e15]);
    renew('origin', urls);
    renew('label', [`Name ${round}`, 'Tended']);
    const plan = await ask.plan.make({ workOrderId: null, connectionId: null, changeId: null });
    if (plan.ok) {
      heard('plan.make', plan.value);
      const ready = plan.value.rows.filter(({ status }) => status === 'ready').map((row) => row.changeId);
      renew(
        'changeId',
        plan.value.rows.map((row) => row.changeId),
      );
      if (ready.length > 1 && !house.services.runs.busy) {
        const run = await ask.apply.start({ planId: plan.value.id, changeIds: ready.slice(0, 1) });
        if (run.ok) heard('apply.start', run.value);
        const again = await ask.plan.make({ workOrderId: null, connectionId: null, changeId: null });
        if (again.ok) heard('plan.make', again.value);
      }
    }
    const orders = await ok(ask.workOrders.list());
    renew('workOrderId', [
      (await ok(ask.workOrders.current())).id,
      ...orders.map(({ id }) => id).slice(0, 6),
      ...orders.map(({ id }) => id).slice(-3),
    ]);
    const history = await ask.journal.page({ ...everything, before: null, limit: 20 });
    if (history.ok)
      renew(
        'seq',
        history.value.items.map(({ seq }) => seq),
      );
    if ((pools.get('templateId') ?? []).length < 4) {
      const made = await ask.templates.create({ kind: 'simotel', name: `T ${round}`, from: null });
      if (made.ok) heard('templates.create', made.value);
    }
  };

  const answerDialogs = (next: number): void => {
    dice = next;
    house.dialogs.confirmMove = next % 3 > 0;
    house.clipboard.text =
      next % 5 === 0 ? '' : next % 4 === 0 ? `a\tb\n"` : `number\tname\n${100 + (next % 20)}\tPasted\n`;
  };
  return { house, tend, named, heard, answerDialogs };
}
