import { app } from 'electron';

/** Set by the build (`electron.vite.config.ts`) for the shipped program, also when it runs without a package. */
declare const __SHIPPED__: boolean | undefined;
/** Set by the build that tests the package: like the shipped one, but it can be driven by a test. */
declare const __TEST_BUILD__: boolean | undefined;

export const testBuild: boolean = typeof __TEST_BUILD__ !== 'undefined' && __TEST_BUILD__;

/** Whether this is the shipped program; development, tests and the demo run another build. */
export const shipped: boolean =
  !testBuild && (app.isPackaged || (typeof __SHIPPED__ !== 'undefined' && __SHIPPED__));
