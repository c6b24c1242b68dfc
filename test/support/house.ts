import { webcrypto } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IpcMainInvokeEvent } from 'electron';
import { Licences } from '../../electron/about/licences';
import { driverFor } from '../../electron/drivers';
import type { Driver } from '../../electron/drivers/driver';
import { Envelopes } from '../../electron/ipc/envelopes';
import { makeHandlers } from '../../electron/ipc/handlers';
import type { AppPort } from '../../electron/ipc/handlers/parts';
import { registerContract } from '../../electron/ipc/register';
import { UnderWay } from '../../electron/ipc/under-way';
import { openProfile } from '../../electron/keeping/open-profile';
import { Vault } from '../../electron/keychain/vault';
import { makeServices, type Services } from '../../electron/services';
import type { Database } from '../../electron/storage/database';
import type { Kind } from '../../shared/catalog';
import {
  type Answer,
  type Bridge,
  channelOf,
  contract,
  type EventName,
  type EventPayload,
  events,
} from '../../shared/contract/contract';
import { type Envelope, type EnvelopeCrypto, seal } from '../../shared/lib/envelope';
import type { AuthorityFacts } from '../../shared/model/authority';
import type { Change, ChangeId } from '../../shared/model/change';
import type { Connection, ConnectionDraft, ConnectionId, Move } from '../../shared/model/connection';
import type { Plan, Run, RunRow } from '../../shared/model/plan';
import { type Problem, ProblemError } from '../../shared/model/problem';
import { demoEdgeAccount, demoSimotelAccount } from '../simulators';
import { atEnd, tempFolder } from './endings';
import { MemoryKeychain } from './keychain';

export const crypto: EnvelopeCrypto = {
  subtle: webcrypto.subtle as SubtleCrypto,
  getRandomValues: (bytes) => webcrypto.getRandomValues(bytes),
};

type Requests = Omit<Bridge, 'on'>;
type Event = { [N in EventName]: { name: N; payload: EventPayload<N> } }[EventName];

export interface HouseOptions {
  /** The profile's folder; a new one by default. Pass another house's to simulate the next start. */
  readonly folder?: string;
  readonly keychain?: MemoryKeychain;
  /** Whether to get the sealing key from the keychain at once, as the program does at start. */
  readonly unlocked?: boolean;
  readonly driverFor?: (kind: Kind) => Driver;
  /** Replaces parts of the program around the services, and the reason why a request is held back. */
  readonly around?: (parts: Pick<House, 'database' | 'folder' | 'keychain' | 'vault' | 'services'>) => {
    readonly app: Partial<AppPort>;
    readonly held?: (name: string) => Problem | null;
  };
}

/**
 * The main process without Electron: a real database in a real folder, the services, the handlers behind the same
 * parsing as over IPC, and everything that was sent to the renderer.
 */
export interface House {
  readonly folder: string;
  readonly file: string;
  readonly database: Database;
  readonly keychain: MemoryKeychain;
  readonly vault: Vault;
  readonly services: Services;
  /** The renderer's requests, parsed in both directions. */
  readonly ask: Requests;
  /** Sends anything to a channel, optionally as a foreign page; what cannot be cloned is passed as it is. */
  readonly send: (channel: string, input: unknown, foreign?: boolean) => Promise<unknown>;
  /** Every event that was emitted, parsed by the contract. */
  readonly emitted: readonly Event[];
  /** Everything that the renderer received, answers and events, as JSON text. */
  readonly seen: () => string;
  /** The lines of the log. */
  readonly noted: readonly string[];
  readonly copied: readonly string[];
  /** The user's answers to file dialogs, and the suggested names. */
  readonly dialogs: Dialogs;
  /** The clipboard's text. */
  readonly clipboard: { text: string };
  /** Profiles that the program was to restart with. */
  readonly restarts: readonly string[];
  /** Seals a text as the renderer does. */
  readonly envelope: (text: string) => Promise<Envelope>;
  /** Resolves with the next matching event; for reacting during a run. */
  readonly when: (fits: (event: Event) => boolean) => Promise<Event>;
  readonly close: () => void;
}

export interface Dialogs {
  save: string | null;
  open: string | null;
  readonly suggested: string[];
  /** The user's answer to moving credentials, and the moves that were asked about. */
  confirmMove: boolean;
  readonly moves: Move[];
  /** The user's answer to trusting an authority, and the authorities that were asked about. */
  confirmAuthority: boolean;
  readonly authorities: AuthorityFacts[];
}

/** Opens a profile. It is closed and removed when the test is over. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const folder = options.folder ?? tempFolder();
  const file = join(folder, 'patchbay.db');
  const { database } = openProfile(file);
  let open = true;
  const close = (): void => {
    if (open) {
      services.stop();
      database.close();
    }
    open = false;
  };
  atEnd(close);

  const keychain = options.keychain ?? new MemoryKeychain();
  const vault = new Vault(keychain);
  const emitted: Event[] = [];
  const waiting = new Set<(event: Event) => void>();
  const said: string[] = [];
  const noted: string[] = [];
  const copied: string[] = [];
  const restarts: string[] = [];
  const clipboard = { text: '' };
  const dialogs: Dialogs = {
    save: null,
    open: null,
    suggested: [],
    confirmMove: true,
    moves: [],
    confirmAuthority: true,
    authorities: [],
  };
  const emit = <N extends EventName>(name: N, payload: EventPayload<N>): void => {
    const event = { name, payload: events[name].parse(payload) } as unknown as Event;
    emitted.push(event);
    for (const tell of waiting) tell(event);
  };
  const services = makeServices({
    database,
    vault,
    driverFor: options.driverFor ?? driverFor,
    emit,
    actor: 'tester@bench',
  });
  const envelopes = await Envelopes.make();
  const around = options.around?.({ database, folder, keychain, vault, services });
  const app: AppPort = {
    info: () => ({ version: '0', electron: '0', platform: 'linux', testRuntime: true }),
    preferences: () => ({ language: 'en', theme: 'system', density: 'dense', size: 100, shortcuts: {} }),
    setPreferences: () => ({ language: 'en', theme: 'system', density: 'dense', size: 100, shortcuts: {} }),
    notices: () => [],
    keychainState: () => vault.state,
    retryKeychain: async () => {
      await vault.retry();
      await services.unlock();
      return vault.state;
    },
    useSession: async () => {
      vault.useSession();
      await services.unlock();
      return vault.state;
    },
    copy: (secret) => {
      copied.push(secret);
      return 30;
    },
    clipboardText: async () => clipboard.text,
    confirmMove: async (_connection, move) => {
      dialogs.moves.push(move);
      return dialogs.confirmMove;
    },
    confirmAuthority: async (facts) => {
      dialogs.authorities.push(facts);
      return dialogs.confirmAuthority;
    },
    files: {
      askSave: async (name) => {
        dialogs.suggested.push(name);
        return dialogs.save;
      },
      askOpen: async () => dialogs.open,
      // Real printing needs a real window: test/e2e.
      pdf: async (page) => Buffer.from(`%PDF- ${page}`),
    },
    lock: {
      settings: () => ({ set: false, afterMinutes: 0 }),
      setAfter: (afterMinutes) => ({ set: false, afterMinutes }),
      setPassphrase: async () => ({ set: false, afterMinutes: 0 }),
      lock: () => undefined,
      unlock: async () => undefined,
      state: () => ({ locked: false, unlockPrompt: false }),
    },
    about: { licences: new Licences({ built: folder, electron: [], electronVersion: '' }) },
    support: { tail: () => [], make: async () => ({ token: '', text: '' }), save: async () => null },
    readyToClose: () => undefined,
    stay: () => undefined,
    restart: () => {
      restarts.push(folder);
    },
    ...around?.app,
  };
  const handlers = makeHandlers({ services, app, envelopes });
  const registered = new Map<string, Listener>();
  registerContract({
    ipc: { handle: (channel, listener) => void registered.set(channel, listener) },
    handlers,
    held: around?.held ?? (() => null),
    isOurs: (event) => event === ours,
    keysAnswered: services.keysAnswered,
    changed: services.changed,
    underWay: new UnderWay(),
    log: (line) => noted.push(line),
  });
  const send: House['send'] = async (channel, input, foreign = false) => {
    const listener = registered.get(channel);
    if (!listener) throw new Error(`nobody listens on ${channel}`);
    // As over IPC: a copy crosses.
    const answer: unknown = await listener(foreign ? theirs : ours, copyOf(input));
    said.push(`${channel} ${JSON.stringify(answer)}`);
    return structuredClone(answer);
  };
  await vault.open();
  if (options.unlocked !== false) await services.unlock();

  return {
    folder,
    file,
    database,
    keychain,
    vault,
    services,
    ask: requests(send),
    send,
    emitted,
    seen: () => [...said, ...emitted.map((event) => JSON.stringify(event))].join('\n'),
    noted,
    copied,
    dialogs,
    clipboard,
    restarts,
    envelope: (text) => seal(crypto, envelopes.publicKey, text),
    when: (fits) =>
      new Promise((resolve) => {
        const tell = (event: Event): void => {
          if (!fits(event)) return;
          waiting.delete(tell);
          resolve(event);
        };
        waiting.add(tell);
      }),
    close,
  };
}

type Listener = (event: IpcMainInvokeEvent, input: unknown) => unknown;

// Two senders without a window: the handler only compares them.
const [ours, theirs] = [{}, {}] as unknown as [IpcMainInvokeEvent, IpcMainInvokeEvent];

/** Copies a value; one that cannot be cloned (too deep) is passed as it is, which is harder on the receiver. */
function copyOf(input: unknown): unknown {
  try {
    return structuredClone(input);
  } catch {
    return input;
  }
}

function requests(send: House['send']): Requests {
  const made = Object.entries(contract).map(([group, members]) => [
    group,
    Object.fromEntries(
      Object.keys(members).map((name) => [name, (input?: unknown) => send(channelOf(group, name), input)]),
    ),
  ]);
  return Object.fromEntries(made) as unknown as Requests;
}

/** Returns the value of an answer. Throws where it is a problem. */
export async function ok<T>(asked: Promise<Answer<T>>): Promise<T> {
  const found = await asked;
  if (!found.ok) throw new Error(`it ended with ${JSON.stringify(found.problem)}`);
  return found.value;
}

/** Returns the bytes of a profile's database with its side file, as text. */
export function bytesOf({ file }: House): string {
  return ['', '-wal']
    .map((suffix) => file + suffix)
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path).toString('latin1'))
    .join('');
}

/** Cancels a connection's sync as a reloaded window does: by the running jobs it is told. */
export async function cancelSync(house: House, { id }: Connection): Promise<void> {
  const going = await ok(house.ask.jobs.list());
  const [sync, ...others] = going.filter(({ kind, connectionId }) => kind === 'sync' && connectionId === id);
  if (!sync || others.length > 0) throw new Error('there is not one sync of it');
  await ok(house.ask.jobs.cancel({ job: sync.job }));
}

/**
 * Returns what is prepared in the current work order, optionally of one connection, page by page as the window does.
 */
export async function changesIn(house: House, connectionId: ConnectionId | null = null): Promise<Change[]> {
  const { id: workOrderId } = await ok(house.ask.workOrders.current());
  const found: Change[] = [];
  for (const of of await ok(house.ask.changes.counts({ workOrderId: null }))) {
    if (connectionId !== null && of.connectionId !== connectionId) continue;
    const asked = { workOrderId, connectionId: of.connectionId, limit: 200 };
    for (let offset = 0; offset < of.changes; offset += asked.limit)
      found.push(...(await ok(house.ask.changes.page({ ...asked, offset }))));
  }
  return found;
}

/** Returns the problem of an answer. Throws where it succeeded. */
export async function refused(asked: Promise<Answer<unknown>>): Promise<Problem> {
  const found = await asked;
  if (found.ok) throw new Error('it ended well');
  return found.problem;
}

/** Returns the problem that work throws. Throws where it succeeds. */
export function thrown(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('it ended well');
}

/** Makes a filled-in connection form for a simulator. */
export function draftFor(kind: Kind, url: string, more: Partial<ConnectionDraft> = {}): ConnectionDraft {
  return {
    kind,
    name: kind === 'simotel' ? 'PBX' : 'Panel',
    site: 'Site',
    baseUrl: url,
    authMode: kind === 'simotel' ? 'basic' : 'token',
    timeoutMs: 20_000,
    parallel: 4,
    writeMode: 'full',
    colour: 'blue',
    tag: '',
    certificate: null,
    ...more,
  };
}

/** Adds a connection to a simulator, with its credentials in the keychain, and reads its directory. */
export async function connect(
  house: House,
  kind: Kind,
  server: { readonly url: string },
  more: Partial<ConnectionDraft> & { readonly sync?: boolean } = {},
): Promise<Connection> {
  const { sync = true, ...draft } = more;
  const made = await ok(house.ask.connections.create(draftFor(kind, server.url, draft)));
  const login: Record<string, string> =
    kind === 'simotel'
      ? { user: demoSimotelAccount.user, password: demoSimotelAccount.password }
      : { token: demoEdgeAccount.token };
  for (const [part, secret] of Object.entries(login)) {
    const connectionId = made.id;
    await ok(
      house.ask.connections.setCredential({ connectionId, part, secret: await house.envelope(secret) }),
    );
  }
  atEnd(() => driverFor(kind).close(made.id));
  if (sync) await ok(house.ask.directory.sync({ connectionId: made.id }));
  return made;
}

/** Types a value into a field; a secret goes in an envelope, as from the window. */
export async function type(
  house: House,
  connection: Connection,
  remoteId: unknown,
  field: string,
  next: string,
): Promise<Change | null> {
  const secret = field === 'secret' || field === 'password' || field === 'more_options';
  return ok(
    house.ask.changes.setField({
      connectionId: connection.id,
      remoteId: String(remoteId),
      field,
      next: secret ? { envelope: await house.envelope(next) } : next,
    }),
  );
}

/**
 * Plans one connection, or everything, with all rows paged as the window does.
 * @param confirming confirms moves of credentials to other places
 */
export async function makePlan(
  house: House,
  connection: Connection | null = null,
  { confirming = true } = {},
): Promise<Plan> {
  const make = () =>
    ok(house.ask.plan.make({ workOrderId: null, connectionId: connection?.id ?? null, changeId: null }));
  let plan = await make();
  const elsewhere = plan.unread.filter(({ problem }) => problem.code === 'credential-elsewhere');
  if (confirming && elsewhere.length > 0) {
    for (const { connectionId } of elsewhere) {
      const move = await ok(house.ask.credentials.moved({ connectionId, to: null }));
      if (move) await ok(house.ask.credentials.confirmMove({ connectionId, ...move }));
    }
    plan = await make();
  }
  const rows = [...plan.rows];
  while (rows.length < plan.total)
    rows.push(...(await ok(house.ask.plan.rows({ planId: plan.id, offset: rows.length, limit: 200 }))));
  return { ...plan, rows };
}

/** Applies the ready rows of a plan (or those named) and waits for the end of the run. */
export async function apply(house: House, plan: Plan, changeIds?: readonly ChangeId[]): Promise<Run> {
  const ids = changeIds ?? plan.rows.filter((row) => row.status === 'ready').map((row) => row.changeId);
  // An earlier run tells of itself again when a reading decides what it left unknown.
  const over = new Set<string>();
  let wanted = '';
  const ended = house.when((event) => {
    if (event.name === 'applyProgress' && event.payload.head.endedAt !== null)
      over.add(event.payload.head.id);
    return over.has(wanted);
  });
  const started = await ok(house.ask.apply.start({ planId: plan.id, changeIds: [...ids] }));
  wanted = started.id;
  if (!over.has(wanted)) await ended;
  const run = await ok(house.ask.apply.run({ runId: started.id }));
  if (!run || run.endedAt === null) throw new Error('another run ended');
  return run;
}

/** Starts applying the ready rows of a plan and waits until the run has ended or a server halts. */
export async function applyUntilHalt(house: House, plan: Plan): Promise<Run> {
  const ids = plan.rows.filter((row) => row.status === 'ready').map((row) => row.changeId);
  const halted = house.when(
    ({ name, payload }) =>
      name === 'applyProgress' &&
      (payload.head.endedAt !== null ||
        payload.head.servers.some(({ state }) => state === 'paused' || state === 'asking')),
  );
  const started = await ok(house.ask.apply.start({ planId: plan.id, changeIds: ids }));
  await halted;
  return (await ok(house.ask.apply.run({ runId: started.id }))) ?? started;
}

/** Plans everything and applies what is ready. */
export async function planAndApply(house: House, connection: Connection | null = null): Promise<Run> {
  return apply(house, await makePlan(house, connection));
}

/** The result of a record's row. */
export function resultOf(run: Run, remoteId: unknown): NonNullable<RunRow['result']> {
  const row = run.rows.find((one) => one.remoteId === String(remoteId));
  if (!row?.result) throw new Error(`no result for ${String(remoteId)}`);
  return row.result;
}

/** Returns outcome and the problem's code as one text: `rejected duplicate-number`. */
export function gist(result: { outcome: string; problem: Problem | null }): string {
  return result.problem ? `${result.outcome} ${result.problem.code}` : result.outcome;
}

/** Returns the journal's rows from the file. */
export function journalRows(database: Database) {
  const rows: unknown[] = database
    .prepare('SELECT seq, type, intent_seq, remote_id, outcome, body FROM journal ORDER BY seq')
    .all();
  return rows as {
    seq: number;
    type: 'intent' | 'outcome' | 'note';
    intent_seq: number | null;
    remote_id: string;
    outcome: string | null;
    body: string;
  }[];
}
