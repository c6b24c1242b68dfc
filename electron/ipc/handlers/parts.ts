import type { KeychainState, Move } from '../../../shared/model/connection';
import type { LockAfter, LockSettings } from '../../../shared/model/lock';
import type { Problem } from '../../../shared/model/problem';
import type { Preferences } from '../../../shared/model/workspace';
import type { Licences } from '../../about/licences';
import type { ConfirmAuthority } from '../../connections/authorities';
import type { Services } from '../../services';
import type { Envelopes } from '../envelopes';

/** What a person is asked to open. */
export type OpenedKind = 'work-order' | 'sheet' | 'template' | 'archive' | 'authority';

export type SavedKind =
  | 'work-order'
  | 'html'
  | 'pdf'
  | 'csv'
  | 'jsonl'
  | 'archive'
  | 'template'
  | 'diagnostics';

/** Asking a person for a file, and printing: what needs windows. Tests answer in its place. */
export interface FilesPort {
  /** Asks where to write. Null: nowhere after all. */
  readonly askSave: (name: string, what: SavedKind) => Promise<string | null>;
  /** Asks which file to read. Null: none after all. */
  readonly askOpen: (what: OpenedKind) => Promise<string | null>;
  /** A page as PDF. It is drawn without scripts and without network. */
  readonly pdf: (page: string) => Promise<Uint8Array>;
}

/** The log and the diagnostics, as the program around the services keeps them. */
export interface SupportPort {
  readonly tail: (lines: number) => readonly string[];
  readonly make: () => Promise<{ readonly token: string; readonly text: string }>;
  readonly save: (token: string) => Promise<string | null>;
}

/** The lock on the window. */
export interface LockPort {
  readonly settings: () => LockSettings;
  readonly setAfter: (minutes: LockAfter) => LockSettings;
  readonly setPassphrase: (next: string | null, current: string | null) => Promise<LockSettings>;
  readonly lock: () => void;
  readonly unlock: (passphrase: string | null) => Promise<void>;
  readonly state: () => { readonly locked: boolean; readonly unlockPrompt: boolean };
}

/** What the handlers need of the program around the services. */
export interface AppPort {
  readonly info: () => {
    readonly version: string;
    readonly electron: string;
    readonly platform: string;
    readonly testRuntime: boolean;
  };
  readonly preferences: () => Preferences;
  readonly setPreferences: (change: { [K in keyof Preferences]?: Preferences[K] | undefined }) => Preferences;
  readonly notices: () => readonly Problem[];
  readonly keychainState: () => KeychainState;
  readonly retryKeychain: () => Promise<KeychainState>;
  readonly useSession: () => Promise<KeychainState>;
  /** Puts a secret on the clipboard and clears it again. @returns seconds until then */
  readonly copy: (secret: string) => number;
  /** The text on the clipboard: pasted cells never cross from the window. */
  readonly clipboardText: () => Promise<string>;
  /** Asks a person outside of the page whether kept credentials may go elsewhere. */
  readonly confirmMove: (connection: string, move: Move) => Promise<boolean>;
  /** Asks a person outside of the page whether an authority is to be trusted. */
  readonly confirmAuthority: ConfirmAuthority;
  /** Dialogs for files, and printing. */
  readonly files: FilesPort;
  /** What the program is made of. */
  readonly about: { readonly licences: Licences };
  /** The log, and what is made for support. */
  readonly support: SupportPort;
  readonly lock: LockPort;
  /** The window has stored all that was typed and may be closed. */
  readonly readyToClose: () => void | Promise<void>;
  /** The window stays after all. */
  readonly stay: () => void;
  /** Ends the program and starts it again. */
  readonly restart: () => void;
}

export interface HandlerParts {
  readonly services: Services;
  readonly app: AppPort;
  readonly envelopes: Envelopes;
}
