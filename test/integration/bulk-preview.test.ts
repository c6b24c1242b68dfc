import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Pattern } from '../../electron/many/pattern';
import type { Connection } from '../../shared/model/connection';
import type { SimotelSimulator } from '../simulators';
import { changesIn, connect, type House, ok, refused, type } from '../support/house';
import { job, openDraft, prepare, prepared, preview, rowsOf, rule } from '../support/many';
import { office, pageOf } from '../support/office';
import { idOf, panel, pbx } from '../support/servers';

describe('what a bulk edit comes to', () => {
  let house: House;
  let server: SimotelSimulator;
  let connection: Connection;
  let ids: string[];

  beforeEach(async () => {
    ({ house, server, connection } = await office());
    ids = server.records().map((_, place) => idOf(server, place));
  });

  const numberOf = (id: string | undefined) => String(server.record(String(id))?.number);

  it('builds on what is prepared already', async () => {
    await type(house, connection, ids[0], 'name', 'Sara');
    await openDraft(house, connection, ids.slice(0, 1));
    await rule(house, connection, 'description', { rule: 'text', template: '{name}!' });
    await rule(house, connection, 'name', {
      rule: 'replace',
      find: 'ara',
      with: 'ima',
      pattern: false,
      matchCase: true,
    });
    const rows = await rowsOf(house, await preview(house, connection));
    const fields = Object.fromEntries(
      rows[0]?.fields.map(({ field, from, to }) => [field, [from, to]]) ?? [],
    );
    expect(fields.name).toEqual(['Sara', 'Sima']);
    expect(fields.description?.[1]).toBe('Sara!');
  });

  it('is nothing where the value is the same already', async () => {
    server.patch(String(ids[0]), { context: 'office' });
    await ok(house.ask.directory.sync({ connectionId: connection.id }));
    await openDraft(house, connection, ids.slice(0, 2));
    await rule(house, connection, 'context', { rule: 'set', value: 'office' });
    const summary = await preview(house, connection);
    const same = await rowsOf(house, summary, 'same');
    expect(same.map(({ remoteId }) => remoteId)).toEqual([ids[0]]);
    expect(summary.fields).toEqual([{ field: 'context', rows: 1 }]);
  });

  it('does not give two records one number, nor one that another record keeps', async () => {
    await openDraft(house, connection, ids.slice(0, 3));
    await rule(house, connection, 'number', { rule: 'set', value: '777777' });
    const within = await preview(house, connection);
    expect(within.counts.invalid).toBe(3);
    expect(within.problems).toEqual([{ field: 'number', code: 'reason.not-unique', rows: 3 }]);

    await openDraft(house, connection, ids.slice(0, 1));
    await rule(house, connection, 'number', { rule: 'set', value: numberOf(ids[5]) });
    const outside = await preview(house, connection);
    expect(await rowsOf(house, outside)).toMatchObject([
      { status: 'invalid', problems: [{ code: 'reason.not-unique', detail: numberOf(ids[5]) }] },
    ]);
  });

  it('lets numbers move on by one, and stops the whole row of them where the last has nowhere to go', async () => {
    for (const [at, id] of ids.entries()) server.patch(id, { number: String(500 + at) });
    await ok(house.ask.directory.sync({ connectionId: connection.id }));
    await openDraft(house, connection, ids);
    await rule(house, connection, 'number', { rule: 'series', start: '501', step: 1 });
    expect((await preview(house, connection)).counts).toMatchObject({ differs: 12, invalid: 0 });
    // The last one's next number is taken by a record that stays: so it stays, and each before it in turn.
    await openDraft(house, connection, ids.slice(0, 11));
    await rule(house, connection, 'number', { rule: 'series', start: '501', step: 1 });
    expect((await preview(house, connection)).counts).toMatchObject({ differs: 0, invalid: 11 });
    // What another prepared edit makes free may be taken.
    await type(house, connection, ids[11], 'number', '900');
    expect((await preview(house, connection)).counts).toMatchObject({ differs: 11, invalid: 0 });
  });

  it('generates secrets once: what is prepared is what was worked out', async () => {
    await openDraft(house, connection, 'all');
    await rule(house, connection, 'secret', { rule: 'generate', length: 24 });
    const summary = await preview(house, connection);
    const batch = house.services.batches.get(summary.id);
    const wanted = new Map(batch.items.map(({ remoteId, edits }) => [remoteId, edits[0]?.to]));
    expect(new Set(wanted.values()).size).toBe(12);
    await prepare(house, summary);
    const changes = await changesIn(house, connection.id);
    const found = changes.map(({ id }) => house.services.changes.open(id));
    expect(new Map(found.map(({ remoteId, edits }) => [remoteId, edits[0]?.next]))).toEqual(
      new Map([...wanted].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))),
    );
    for (const secret of wanted.values()) expect(house.seen()).not.toContain(String(secret));
  });

  it('generates passwords that the panel takes, and moves days on from the later of two', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-20T23:30:00') });
    try {
      const edge = await panel();
      const tenant = await connect(house, 'edge', edge);
      const [past, future] = [idOf(edge, 0), idOf(edge, 1)];
      edge.patch(past, { expire_time: '2026-01-31 00:00:00' });
      edge.patch(future, { expire_time: '2028-01-30 00:00:00' });
      await ok(house.ask.directory.sync({ connectionId: tenant.id }));
      await openDraft(house, tenant, [past, future]);
      await rule(house, tenant, 'expire_time', { rule: 'days', days: 30, from: 'later' });
      await rule(house, tenant, 'password', { rule: 'generate', length: 12 });
      const rows = await rowsOf(house, await preview(house, tenant));
      expect(rows.map(({ fields }) => fields.find(({ field }) => field === 'expire_time')?.to)).toEqual([
        '2026-04-19',
        '2028-02-29',
      ]);
      expect(rows.map(({ status }) => status)).toEqual(['differs', 'differs']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('ends with an answer whatever pattern is typed', async () => {
    for (const id of ids) server.patch(id, { description: `${'a'.repeat(60)}!` });
    await ok(house.ask.directory.sync({ connectionId: connection.id }));
    await openDraft(house, connection, 'all');
    const pattern = (find: string) => ({
      rule: 'replace' as const,
      find,
      with: '$1',
      pattern: true,
      matchCase: true,
    });
    await rule(house, connection, 'description', pattern('^((a+)+)+$'));
    expect((await preview(house, connection)).problems).toEqual([
      { field: 'description', code: 'reason.pattern-slow', rows: 12 },
    ]);
    await rule(house, connection, 'description', pattern('^(a)a*!$'));
    const rows = await rowsOf(house, await preview(house, connection));
    expect(new Set(rows.map(({ fields }) => fields[0]?.to))).toEqual(new Set(['a']));
  });

  it('shows its rows where what is wrong with a value is as long as the value', async () => {
    await openDraft(house, connection, ids.slice(0, 1));
    await rule(house, connection, 'deny', { rule: 'set', value: 'x'.repeat(5_000) });
    const [row] = await rowsOf(house, await preview(house, connection));
    expect(row?.problems).toEqual([{ field: 'deny', code: 'field.not-ip-mask', detail: 'x'.repeat(400) }]);
  });

  it('keeps nothing of what a pattern makes too long', () => {
    const pattern = new Pattern({
      rule: 'replace',
      find: '.',
      with: 'x'.repeat(10_000),
      pattern: true,
      matchCase: true,
    });
    const values = Array.from({ length: 5 }, (_, at) => String(at).repeat(300));
    pattern.ahead(values.slice(1));
    expect(values.map((value) => pattern.replace(value))).toEqual(values.map(() => 'too-long'));
    expect(pattern.replace('ab')).toEqual({ value: 'x'.repeat(20_000) });
  });

  it('of an earlier asking is given up for a later one', async () => {
    await openDraft(house, connection, 'all');
    await rule(house, connection, 'context', { rule: 'set', value: 'office' });
    const { id: connectionId } = connection;
    const earlier = refused(house.ask.bulk.preview({ connectionId, job: job() }));
    const later = ok(house.ask.bulk.preview({ connectionId, job: job() }));
    expect((await earlier).code).toBe('cancelled');
    expect((await later).counts.differs).toBe(12);
  });

  it('is cancelled by its job, and leaves nothing behind', async () => {
    await openDraft(house, connection, 'all');
    await rule(house, connection, 'context', { rule: 'set', value: 'office' });
    const name = job();
    const asked = refused(house.ask.bulk.preview({ connectionId: connection.id, job: name }));
    await ok(house.ask.jobs.cancel({ job: name }));
    expect((await asked).code).toBe('cancelled');
    expect(await prepared(house, connection)).toEqual({});
  });

  it('does not know a record that the copy was to be taken from and that is gone', async () => {
    const other = await connect(house, 'simotel', await pbx({ seed: 9 }), { name: 'Other' });
    const [from] = (await pageOf(house, other, { limit: 1 })).rows;
    await ok(
      house.ask.bulk.open({
        connectionId: connection.id,
        records: 'all',
        sort: null,
        rules: { like: { connectionId: other.id, remoteId: String(from?.remoteId) }, fields: ['context'] },
      }),
    );
    await ok(house.ask.connections.remove({ connectionId: other.id }));
    expect((await preview(house, connection)).problems).toEqual([
      { field: 'context', code: 'reason.source-gone', rows: 12 },
    ]);
  });
});
