/** A stored credential and a changed address, through the window: nothing is sent before a person has seen both places. */
import { expect, it, onTestFinished } from 'vitest';
import { startSimotel } from '../simulators';
import {
  answerQuestions,
  dialog,
  expectProblem,
  fillForm,
  fromMenu,
  history,
  openOffice,
  testConnection,
} from './harness';

it('asks, old beside new, before kept credentials go to the new address, and sends nothing until then', async () => {
  const other = await startSimotel({ size: 4 });
  onTestFinished(() => other.stop());
  const { app, page, pbx } = await openOffice({ synced: false });
  const asked = await answerQuestions(app);
  await fromMenu(page, 'Tehran PBX', 'Edit…');
  const form = dialog(page);
  await form.locator('[data-credential="password"][data-where="keychain"]').waitFor();
  await fillForm(form, { baseUrl: other.url });
  await expectProblem(form, 'credential-elsewhere', /stored for/);
  expect(other.log).toEqual([]);

  // Saving asks at once; whoever says no has sent nothing.
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  const question = page.getByRole('dialog').filter({ has: page.locator('[data-move="to"]') });
  await question.waitFor();
  expect(await question.locator('[data-move="from"]').innerText()).toContain(new URL(pbx.url).origin);
  expect(await question.locator('[data-move="to"]').innerText()).toContain(new URL(other.url).origin);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await question.waitFor({ state: 'detached' });
  expect(other.log).toEqual([]);

  await fromMenu(page, 'Tehran PBX', 'Edit…');
  await form.locator('[data-field="baseUrl"]').waitFor();
  await expectProblem(form, 'credential-elsewhere', /stored for/);
  await form.getByRole('button', { name: 'Look at both places…' }).click();
  await question.getByRole('button', { name: 'Send them there from now on' }).click();
  await question.waitFor({ state: 'detached' });
  expect(await asked()).toEqual([expect.stringContaining(new URL(other.url).origin)]);
  expect(await (await testConnection(form)).getAttribute('data-test-ok')).toBe('true');
  expect(other.log.length).toBeGreaterThan(0);
  expect((await history(page))[0]).toMatchObject({ type: 'credential-moved' });
});
