import { afterEach, beforeEach, expect, it } from 'vitest';
import { demoEdgeAccount, type EdgeSimulator, startEdge } from '../simulators/index.ts';

let panel: EdgeSimulator;
let id: string;
const headers = { authorization: demoEdgeAccount.token, 'content-type': 'application/json' };

beforeEach(async () => {
  panel = await startEdge({ size: 4 });
  id = String(panel.records()[0]?.user_id);
  panel.patch(id, { company: 'before' });
});
afterEach(() => panel.stop());

const call = async (path: string, body?: object) => {
  const response = await fetch(`${panel.url}/v1/api${path}`, {
    headers,
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, text: await response.text() };
};
const write = () => call('/user/update', { user_id: Number(id), company: 'after' });
const company = () => panel.record(id)?.company;

it('a silent no-op answers well and stores nothing, and no reading uses it up', async () => {
  panel.failNext('silentNoop');
  await call('/user/list');
  expect((await write()).text).toContain('"status":true');
  expect(company()).toBe('before');
});

it('what is forgotten is read back once', async () => {
  panel.failNext('applyThenForget');
  expect((await write()).status).toBe(200);
  expect((await call(`/user/show?user_id=${id}`)).text).toContain('"after"');
  expect((await call(`/user/show?user_id=${id}`)).text).toContain('"before"');
});

it('another value is stored', async () => {
  panel.failNext({ kind: 'acceptAsOther', as: { company: 'other' } });
  expect((await write()).status).toBe(200);
  expect(company()).toBe('other');
});

it('a record that became unreadable is in the list, and 404 alone', async () => {
  panel.failNext('unreadableAfterWrite');
  await write();
  expect((await call(`/user/show?user_id=${id}`)).status).toBe(404);
  expect((await call('/user/list?per_page=50')).text).toContain('"after"');
});

it('a crash closes the connection, refuses, and answers 503 for a while', async () => {
  panel.failNext({ kind: 'crashOnWrite', unavailable: 1 });
  await expect(write()).rejects.toThrow();
  await expect(write()).rejects.toThrow();
  await panel.recover();
  expect((await write()).status).toBe(503);
  expect(company()).toBe('before');
  expect((await write()).status).toBe(200);
});

it('an empty answer hides that it was done', async () => {
  panel.failNext('emptyOk');
  expect(await write()).toEqual({ status: 200, text: '' });
  expect(company()).toBe('after');
});
