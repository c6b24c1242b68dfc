/** What an end-to-end test imports: a real window, its keyring, and pictures of it. */
export { type LaunchOptions, launchPatchbay, type Patchbay } from './launch';
export { outputDir, screenshot } from './output';
