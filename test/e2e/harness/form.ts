import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** What a test types into the connection form; what is left out stays as it is. */
export interface FormText {
  readonly kind?: 'Simotel PBX' | 'Edge panel';
  readonly name?: string;
  readonly site?: string;
  readonly baseUrl?: string;
  /** The way to log in, by its label. */
  readonly login?: string;
  readonly timeoutSeconds?: string;
  readonly proxy?: string;
  /** By part: `user`, `password`, `apiKey`, `token`. */
  readonly credentials?: Readonly<Record<string, string>>;
}

/** The dialog that stands open. */
export function dialog(page: Page): Locator {
  return page.getByRole('dialog');
}

/** Opens the form of a new connection. */
export async function openNewConnection(page: Page): Promise<Locator> {
  await page.getByRole('navigation').getByRole('button', { name: 'Add connection' }).click();
  const form = dialog(page);
  await form.locator('[data-field="baseUrl"]').waitFor();
  return form;
}

/** Opens an entry of a connection's menu in the side list. */
export async function fromMenu(page: Page, connection: string, entry: string): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: connection, exact: false })
    .first()
    .click({ button: 'right' });
  await page.getByRole('menuitem', { name: entry }).click();
}

/** Types into the connection form that stands open. */
export async function fillForm(form: Locator, text: FormText): Promise<void> {
  const input = (name: string) => form.locator(`[data-field="${name}"]`);
  if (text.kind) await input('kind').getByText(text.kind, { exact: true }).click();
  if (text.name !== undefined) await input('name').fill(text.name);
  if (text.site !== undefined) await input('site').fill(text.site);
  if (text.baseUrl !== undefined) await input('baseUrl').fill(text.baseUrl);
  if (text.login) await input('authMode').getByText(text.login, { exact: true }).click();
  if (text.timeoutSeconds !== undefined) await input('timeoutMs').fill(text.timeoutSeconds);
  if (text.proxy !== undefined) await input('proxy').fill(text.proxy);
  for (const [part, value] of Object.entries(text.credentials ?? {})) {
    await input(`credential.${part}`).fill(value);
  }
}

/** Presses the form's test button and waits for what came of it. */
export async function testConnection(form: Locator): Promise<Locator> {
  await form.getByRole('button', { name: 'Test connection' }).click();
  const result = form.locator('[data-test-ok]');
  // What an earlier test said goes first.
  await form
    .getByRole('button', { name: 'Test connection' })
    .and(form.locator(':not([data-loading])'))
    .waitFor();
  await result.waitFor();
  return result;
}

/** Saves the form and waits until it has closed by itself. */
export async function saveForm(form: Locator): Promise<void> {
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await form.waitFor({ state: 'detached' });
}

/** Tests what stands in the form; the problem has the code, and is said in a sentence and not by its code. */
export async function expectProblem(form: Locator, code: string, says: RegExp): Promise<Locator> {
  const result = await testConnection(form);
  const problem = result.locator('[data-problem]');
  expect(await problem.getAttribute('data-problem')).toBe(code);
  const words = await problem.innerText();
  expect(words).toMatch(says);
  // A code of one word may well occur in a sentence; what is not translated ends in `.title`.
  expect(words).not.toContain(code.includes('-') ? code : `${code}.title`);
  expect(words).not.toMatch(/\{\{|undefined|\[object/);
  return result;
}
