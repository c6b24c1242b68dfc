/** What an end-to-end test imports: a real window, its keyring, the servers it talks to, and pictures of it. */
export * from './applying';
export * from './days';
export * from './dialogs';
export { keyringEntries, serviceOf } from './entries';
export * from './form';
export { launchPatchbay, type Patchbay } from './launch';
export * from './measure';
export * from './office';
export { screenshot } from './output';
export * from './screens';
export { tracesBelow, tracesIn } from './traces';
export { recordWire, wireOf } from './wire';
