/** The Chromium of this system: see chromium.mjs. */
export function findChromium(): string | undefined;
export function chromiumArgs(): string[];
/** Why nothing can be tried in it; undefined where it can. */
export function withoutChromium(): string | undefined;
