import type { Rectangle } from 'electron';
import { z } from 'zod';

// Beyond any arrangement of screens, yet within what every system accepts for a window.
const farthest = 50_000;
const least = { width: 200, height: 200 };
const place = z.int().min(-farthest).max(farthest);

/** Where a window was, as stored; coordinates that no window could have are refused. */
export const boundsSchema = z.strictObject({
  x: place,
  y: place,
  width: z.int().min(least.width).max(farthest),
  height: z.int().min(least.height).max(farthest),
});

/** Returns bounds that are on a screen and fit it: a second monitor may be gone or smaller. */
export function usableBounds(bounds: Rectangle | undefined, area: Rectangle): Partial<Rectangle> {
  if (!bounds) return {};
  const reached =
    bounds.x < area.x + area.width - 80 &&
    bounds.x + bounds.width > area.x + 80 &&
    bounds.y < area.y + area.height - 40 &&
    bounds.y >= area.y - 10;
  if (!reached) return {};
  return {
    ...bounds,
    // A maximised frame may reach slightly beyond the area, never by a multiple of it.
    width: Math.min(bounds.width, area.width + 40),
    height: Math.min(bounds.height, area.height + 40),
  };
}
