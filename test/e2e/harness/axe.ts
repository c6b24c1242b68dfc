import axe from 'axe-core';
import type { Locator, Page } from 'playwright-core';

/** How the window may look: what a person has set in the program, or in the system. */
export const looks = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'light', forcedColors: 'active' },
} as const;
export type Look = keyof typeof looks;

/** Waits until nothing moves or fades: a colour in the middle of a change is read as too pale. */
async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every((one) => {
      const { iterations } = one.effect?.getComputedTiming() ?? {};
      return one.playState !== 'running' || iterations === Number.POSITIVE_INFINITY;
    }),
  );
}

/**
 * What axe finds in a part of the window as it stands, or in all of it (`:root`), each finding a line: rule, element, why.
 * All rules, those that are off unless asked for too: sizes of targets, and names that do not say what is seen. In other
 * looks than the light one only what depends on colours: all else is the same there.
 */
export async function axeFindings(part: Locator, look: Look): Promise<string[]> {
  const page = part.page();
  if (look !== 'light') await page.emulateMedia(looks[look]);
  await atRest(page);
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const found = await part.evaluate(async (element, onlyColours) => {
    const run: typeof axe.run = Reflect.get(Reflect.get(globalThis, 'axe'), 'run');
    const { violations } = await run(element, {
      resultTypes: ['violations'],
      ...(onlyColours
        ? { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }
        : { rules: { 'target-size': { enabled: true }, 'label-content-name-mismatch': { enabled: true } } }),
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => {
        const why = [...node.any, ...node.all, ...node.none].map(({ message }) => message).join('; ');
        return `${id}: ${node.html.slice(0, 240)} (${why})`;
      }),
    );
  }, look !== 'light');
  if (look !== 'light') await page.emulateMedia(looks.light);
  return found;
}

/** The buttons in sight that open a menu. */
export function menuButtons(within: Locator): Promise<Locator[]> {
  return within.locator('[aria-haspopup="menu"]:visible').all();
}
