import type { Catalog, Localised } from './field';

/** What can be done with the records of a collection. */
export type Operation = 'add' | 'edit' | 'remove';

/** The records of one sort that a kind of server has: extensions, queues, users. */
export interface Collection {
  /** What one of its records is called, and several. */
  readonly noun: Localised;
  readonly nouns: Localised;
  readonly can: readonly Operation[];
  readonly catalog: Catalog;
}

/** What one sort of server needs, and the collections that it has. */
export interface ServerKind {
  /** What one server is called. */
  readonly noun: Localised;
  /** By their ids. The first stands where none is named, as in everything that was stored before there were several. */
  readonly collections: Readonly<Record<string, Collection>>;
  /** The ways to log in, in the order offered. The parts of each are stored one keychain entry each. */
  readonly authModes: readonly AuthModeSpec[];
  /** The write modes to choose from, the first by default; empty where there is no choice. */
  readonly writeModes: readonly WriteModeSpec[];
  /** Example of a base URL. */
  readonly urlExample: string;
  /** The path that requests are built on, from the path of a pasted URL (no slash at its end). */
  readonly basePath: (pasted: string) => string;
}

export interface AuthModeSpec {
  readonly id: string;
  readonly label: Localised;
  readonly parts: readonly CredentialPartSpec[];
}

/** One thing to log in with. The `visible` ones (a user name) are shown while typing; all are kept in the keychain. */
export interface CredentialPartSpec {
  readonly id: string;
  readonly label: Localised;
  readonly visible?: boolean;
}

export interface WriteModeSpec {
  readonly id: 'full' | 'changed';
  readonly label: Localised;
  readonly help: Localised;
}
