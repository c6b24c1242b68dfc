import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { driverFor } from '../../electron/drivers';
import { openProfile } from '../../electron/keeping/open-profile';
import { Vault } from '../../electron/keychain/vault';
import { makeServices, type Services } from '../../electron/services';
import type { BulkRule } from '../../shared/bulk/rule';
import type { BatchSummary, Step } from '../../shared/model/batch';
import { type Connection, recordsOf } from '../../shared/model/connection';
import { demoSimotelAccount, startSimotel } from '../simulators';
import { MemoryKeychain } from '../support/keychain';
import { benchConnection } from './connection';
import { type Figure, timed, watched } from './measure';

const size = 50_000;

/** Working out, preparing and undoing a bulk edit of 50,000 extensions, and how long any of it held the process up. */
export async function benchBulk(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pb-bench-'));
  const simulator = await startSimotel({ size });
  const { database } = openProfile(path.join(folder, 'patchbay.db'));
  const vault = new Vault(new MemoryKeychain());
  const services = makeServices({ database, vault, driverFor, emit: () => undefined, actor: 'bench' });
  try {
    await vault.open();
    await services.unlock();
    const connection = await read(services, simulator.url);
    const text = JSON.stringify(simulator.records());
    return await figures(services, connection, text);
  } finally {
    services.stop();
    await driverFor('simotel').close('bench');
    database.close();
    await simulator.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function figures(services: Services, connection: Connection, text: string): Promise<Figure[]> {
  const found: Figure[] = [];
  const baseline = `JSON.parse of ${size.toLocaleString('en')} extensions`;
  const baselineMs = await timed(() => JSON.parse(text) as unknown);
  const measure = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const { ms, longest, result } = await watched(work);
    found.push({ what, baseline, ms, baselineMs, longest });
    return result;
  };
  const { drafts, bulk, steps } = services;
  const begin = async (rules: Record<string, BulkRule>): Promise<void> => {
    await drafts.open(recordsOf(connection), 'all', { field: 'number', descending: true }, { none: true });
    for (const [field, rule] of Object.entries(rules))
      await drafts.setRule(recordsOf(connection), field, rule);
  };
  const preview = (): Promise<BatchSummary> => bulk.preview(recordsOf(connection), randomUUID());
  const round = async (name: string, rules: Record<string, BulkRule>): Promise<Step> => {
    await begin(rules);
    const summary = await measure(`${name}, worked out`, preview);
    const { step } = await measure(`${name}, prepared`, () => steps.prepare(summary.id, randomUUID()));
    if (!step || step.records !== size) throw new Error(`${name}: prepared ${step?.records ?? 0} records`);
    return step;
  };

  await begin({});
  await measure('what is common', () => bulk.fields(recordsOf(connection), randomUUID()));
  const set = await round('one value', { description: { rule: 'set', value: 'Renewed' } });
  const over = await round('a text over it', { description: { rule: 'text', template: '{name} {n}' } });
  await measure('a text over it, undone', () => steps.undo(over.id, randomUUID()));
  await measure('one value, undone', () => steps.undo(set.id, randomUUID()));
  const numbers = await round('numbers and secrets', {
    number: { rule: 'series', start: '1000000', step: 1 },
    secret: { rule: 'generate', length: 20 },
  });
  await measure('numbers and secrets, undone', () => steps.undo(numbers.id, randomUUID()));
  await begin({
    name: { rule: 'replace', find: '(\\p{L})$', with: '$1.', pattern: true, matchCase: true },
  });
  await measure('a pattern, worked out', preview);
  return found;
}

async function read(services: Services, url: string): Promise<Connection> {
  const connection = services.connections.create(benchConnection(url));
  const { user, password } = demoSimotelAccount;
  for (const [part, secret] of Object.entries({ user, password }))
    await services.credentials.set(connection, part, secret);
  await services.directory.sync(recordsOf(connection));
  return connection;
}
