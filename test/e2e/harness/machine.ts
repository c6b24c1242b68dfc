/** Vitest's global set-up for suites that open windows: an Electron, and a display where nobody is sitting. */
import { type Display, ensureDisplay } from '../../../scripts/lib/display.mjs';
import { ensureElectron } from '../../../scripts/lib/electron.mjs';

let display: Display | undefined;

export async function setup(): Promise<void> {
  // Under npm test both are there already; this serves `npx vitest --project e2e`.
  process.env.PATCHBAY_ELECTRON ??= JSON.stringify(await ensureElectron());
  if (!process.env.DISPLAY) {
    display = await ensureDisplay({ always: true });
    Object.assign(process.env, display.env);
  }
}

export async function teardown(): Promise<void> {
  await display?.stop();
}
