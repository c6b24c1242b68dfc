import type { Handlers } from '../../../shared/contract/contract';
import type { KeychainState } from '../../../shared/model/connection';
import type { Problem } from '../../../shared/model/problem';
import type { Preferences, Workspace } from '../../../shared/model/workspace';
import type { Services } from '../../services';
import type { Envelopes } from '../envelopes';
import { applyHandlers } from './apply';
import { batchHandlers } from './batches';
import { bulkHandlers } from './bulk';
import { changeHandlers } from './changes';
import { compareHandlers } from './compare';
import { connectionHandlers } from './connections';
import { directoryHandlers } from './directory';
import { exportHandlers } from './export';
import { journalHandlers } from './journal';
import { keepingHandlers } from './keeping';
import { selectionHandlers } from './selection';
import { sheetHandlers } from './sheets';
import { stepHandlers } from './steps';
import { templateHandlers } from './templates';
import { type FilesPort, transferHandlers } from './transfer';

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
  /** Dialogs for files, and printing. */
  readonly files: FilesPort;
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

/** One handler for every request of the contract. */
export function makeHandlers(parts: HandlerParts): Handlers {
  const { services, app, envelopes } = parts;
  const { workOrders, ...preparing } = changeHandlers(parts);
  return {
    app: {
      info: () => ({
        ...app.info(),
        envelopeKey: envelopes.publicKey,
        preferences: app.preferences(),
        keychain: app.keychainState(),
        notices: [...app.notices()],
        refused: null,
      }),
      setPreferences: (change) => app.setPreferences(change),
      workspace: () => services.workspace.load(),
      saveWorkspace: (workspace: Workspace) => services.workspace.save(workspace),
      readyToClose: () => app.readyToClose(),
      stay: () => app.stay(),
    },
    keychain: {
      retry: () => app.retryKeychain(),
      useSession: () => app.useSession(),
    },
    connections: connectionHandlers(parts),
    directory: directoryHandlers(parts),
    ...preparing,
    workOrders: { ...workOrders, ...transferHandlers(parts) },
    ...applyHandlers(parts),
    journal: {
      ...journalHandlers(parts),
      ...exportHandlers(parts),
      stop: () => {
        services.verifier.stop();
        services.historyExport.stop();
        services.keeping.archive.stop();
        services.keeping.archives.stop();
      },
    },
    keeping: keepingHandlers(parts),
    jobs: { cancel: ({ job }) => services.jobs.cancel(job) },
    selection: selectionHandlers(parts),
    bulk: bulkHandlers(parts),
    batches: batchHandlers(parts),
    steps: stepHandlers(parts),
    sheets: sheetHandlers(parts),
    templates: templateHandlers(parts),
    compare: compareHandlers(parts),
  };
}
