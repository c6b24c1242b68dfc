import path from 'node:path';

/** The directory that Electron is given: it holds package.json, whose main is the built program. */
export const repository = path.resolve(import.meta.dirname, '../../..');
