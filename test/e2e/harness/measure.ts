import type { Locator, Page } from 'playwright-core';
import type { Patchbay } from './launch';

/** The window at twice its size, as on a screen of 200 %: half as many CSS pixels each way. */
export async function zoom({ app, page }: Patchbay, factor: number): Promise<void> {
  const window = await app.browserWindow(page);
  await window.evaluate(
    (own: { webContents: { setZoomFactor(factor: number): void } }, by) => own.webContents.setZoomFactor(by),
    factor,
  );
}

/** Gives the window's contents another size, and waits until the page has it at the factor it is zoomed by. */
export async function resize(
  patchbay: Patchbay,
  { width, height, factor = 1 }: { width: number; height: number; factor?: number },
): Promise<void> {
  const { app, page } = patchbay;
  const window = await app.browserWindow(page);
  await window.evaluate(
    (own: { setContentSize(width: number, height: number): void }, size) =>
      own.setContentSize(size.width, size.height),
    { width, height },
  );
  await zoom(patchbay, factor);
  await page.waitForFunction(
    (size) => Math.abs(innerWidth - size.width) <= 1 && Math.abs(innerHeight - size.height) <= 1,
    { width: Math.round(width / factor), height: Math.round(height / factor) },
  );
}

/**
 * What of some elements cannot be read: words that reach beyond the window's sides, or beyond an element around them
 * that cuts what is too long. Each as a sentence; empty where all can be read. Only sideways: a list may scroll.
 */
export function cutOff(elements: Locator): Promise<string[]> {
  return elements.evaluateAll((all) =>
    all.flatMap((element) => {
      const words = document.createRange();
      words.selectNodeContents(element);
      const { left, right, width } = words.getBoundingClientRect();
      const text = (element.textContent ?? '').slice(0, 40);
      if (text.trim() === '' || width === 0) return [`nothing is seen of <${element.className}> "${text}"`];
      const found: string[] = [];
      if (left < -0.5 || right > innerWidth + 0.5) found.push(`"${text}" leaves the window`);
      // The page around all of it hides what its own frame has no room for, and is not what is asked about.
      for (let around: Element | null = element; around !== null; around = around.parentElement) {
        if (around === document.body || around.querySelector('main')) break;
        const style = getComputedStyle(around);
        if (style.display === 'inline' || style.overflowX === 'visible') continue;
        const frame = around.getBoundingClientRect();
        if (left < frame.left - 0.5 || right > frame.right + 0.5)
          found.push(`"${text}" is cut by <${around.className}>`);
        if (around.scrollWidth > around.clientWidth + 1)
          found.push(`<${around.className}> around "${text}" is wider than it may be`);
      }
      return found;
    }),
  );
}

/** Which of some rows lie over one that comes before them. */
export function overlapping(rows: Locator): Promise<string[]> {
  return rows.evaluateAll((all) => {
    const boxes = all
      .map((row) => ({ id: row.getAttribute('data-record') ?? '', box: row.getBoundingClientRect() }))
      .sort((a, b) => a.box.top - b.box.top);
    return boxes.flatMap(({ id, box }, at) => {
      const before = boxes[at - 1];
      return before && box.top < before.box.bottom - 0.5 ? [`${id} lies over ${before.id}`] : [];
    });
  });
}

/** An element's height in CSS pixels. */
export async function heightOf(page: Page, element: Locator): Promise<number> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return element.evaluate((one) => one.getBoundingClientRect().height);
}
