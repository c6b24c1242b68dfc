/** What an end-to-end test imports: a real window, its keyring, and pictures of it. */
export { launchPatchbay, type Patchbay } from './launch';
export { screenshot } from './output';
