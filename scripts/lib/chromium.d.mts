/** The Chromium of this system: see chromium.mjs. */
export function findChromium(): string | undefined;
export function chromiumArgs(): string[];
/** Why it cannot be used for tests; undefined where it can. */
export function withoutChromium(): string | undefined;
