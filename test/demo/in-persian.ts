import type { Page } from 'playwright-core';
import { openFromSide } from '../e2e/harness/screens';
import type { Report } from './report';

/** Pictures of the pages in Persian, light and dark. @param number of the extension whose editor stands open */
export async function inPersian(page: Page, report: Report, number: string): Promise<void> {
  report.step('The same in Persian, and in the dark');
  // Its number: its name is the old one again.
  const editorOfFirst = new RegExp(`^${number} `);
  await page.getByRole('contentinfo').getByRole('button').last().click();
  await page.locator('html[dir="rtl"]').waitFor();
  await openFromSide(page, 'تاریخچه');
  await report.picture('history-persian');
  await openFromSide(page, 'دستور کارها');
  await report.picture('work-orders-persian');
  await page.getByRole('tab', { name: /WO-1/ }).first().click();
  await report.picture('done-persian');
  await openFromSide(page, 'Tehran PBX');
  await report.picture('directory-persian');
  await page.getByRole('tab', { name: editorOfFirst }).first().click();
  await report.picture('editor-persian');
  await page.getByRole('banner').getByRole('button').last().click();
  await page.locator('label[for$="-dark"]').click();
  await report.picture('settings-persian-dark');
  await page.getByRole('tab', { name: editorOfFirst }).first().click();
  await report.picture('editor-persian-dark');
}
