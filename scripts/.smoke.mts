import { webcrypto } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { _electron } from 'playwright-core';
import { seal } from '/work/main/shared/lib/envelope.ts';
import { startEdge, startSimotel } from '/work/main/test/simulators/index.ts';

const sim = await startSimotel({ size: 40 });
const edge = await startEdge({ size: 30 });
const profile = mkdtempSync('/tmp/pb-');
const app = await _electron.launch({
  executablePath: process.env.ELECTRON_EXEC_PATH!,
  args: ['--no-sandbox', '--disable-gpu', `--user-data-dir=${profile}`, '/work/main'],
});
app.process().stderr!.on('data', (d) => process.stderr.write(d));
const page = await app.firstWindow();
page.on('console', (m) => console.log('console', m.text()));
const ask = async (g: string, n: string, i?: unknown) =>
  page.evaluate(([g, n, i]) => (window as any).patchbay[g][n](i), [g, n, i] as const);
const info = await ask('app', 'info');
console.log(info);
const draft = {
  kind: 'simotel',
  name: 'Tehran PBX',
  site: 'Behin',
  baseUrl: sim.url,
  authMode: 'basic',
  timeoutMs: 5000,
  writeMode: 'full',
  colour: 'blue',
  tag: '',
  certificate: null,
};
const c = await ask('connections', 'create', draft);
console.log(c);
const id = c.value.id;
const key = info.value.envelopeKey;
const cr = { subtle: webcrypto.subtle, getRandomValues: (b: any) => webcrypto.getRandomValues(b) } as any;
for (const [part, v] of [
  ['user', 'patchbay'],
  ['password', 'demo-pbx-password'],
])
  console.log(
    await ask('connections', 'setCredential', { connectionId: id, part, secret: await seal(cr, key, v) }),
  );
console.log(await ask('connections', 'test', { draft, connectionId: id, credentials: {} }));
console.log(await ask('directory', 'sync', { connectionId: id }));
const pg = await ask('directory', 'page', {
  connectionId: id,
  text: '',
  sort: null,
  onlyChanged: false,
  columns: ['number', 'name', 'secret'],
  offset: 0,
  limit: 2,
});
console.log(JSON.stringify(pg));
const rid = pg.value.rows[0].remoteId;
console.log(
  JSON.stringify(
    await ask('changes', 'setField', { connectionId: id, remoteId: rid, field: 'call_record', next: 'yes' }),
  ),
);
console.log(
  JSON.stringify(
    await ask('changes', 'setField', {
      connectionId: id,
      remoteId: rid,
      field: 'secret',
      next: { envelope: await seal(cr, key, 'new-canary-secret') },
    }),
  ),
);
const plan = await ask('plan', 'make', { connectionId: id, changeId: null });
console.log(JSON.stringify(plan, null, 1));
const run = await ask('apply', 'start', { planId: plan.value.id, changeIds: [plan.value.rows[0].changeId] });
console.log(JSON.stringify(run));
await new Promise((r) => setTimeout(r, 800));
console.log(JSON.stringify(await ask('apply', 'run', { runId: run.value.id })));
console.log(
  JSON.stringify(
    await ask('journal', 'page', {
      connectionId: null,
      remoteId: null,
      outcome: null,
      text: '',
      before: null,
      limit: 10,
    }),
    null,
    1,
  ),
);
console.log('server says', sim.record(rid)?.call_record, sim.record(rid)?.secret);
await page.evaluate(() => {
  (window as any).patchbay.on.closing(() => (window as any).patchbay.app.readyToClose());
});
const t = Date.now();
await app.close();
console.log('closed', Date.now() - t);
await sim.stop();
await edge.stop();
console.log((await import('node:fs')).readFileSync(profile + '/logs/patchbay.log', 'utf8'));
const { execSync } = await import('node:child_process');
try {
  console.log(execSync(`grep -rlE "new-canary-secret|demo-pbx-password" ${profile} || true`).toString());
} catch {}
process.exit(0);
