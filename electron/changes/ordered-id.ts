import { randomUUID } from 'node:crypto';

/**
 * Makes ascending ids: UUIDs of version 7, which begin with the time. 50,000 random ones would each dirty another
 * index page, and every page is written whole.
 */
export function orderedIds(): () => string {
  let at = Date.now();
  let count = 0;
  return () => {
    // Twelve bits count within a millisecond; on overflow the clock is advanced.
    if (count > 0xfff) {
      at += 1;
      count = 0;
    }
    const time = at.toString(16).padStart(12, '0');
    const counted = count.toString(16).padStart(3, '0');
    count += 1;
    return `${time.slice(0, 8)}-${time.slice(8)}-7${counted}-${randomUUID().slice(19)}`;
  };
}
