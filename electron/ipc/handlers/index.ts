import type { Handlers } from '../../../shared/contract/contract';
import type { FormDraft } from '../../../shared/model/form-draft';
import type { Workspace } from '../../../shared/model/workspace';
import { aboutHandlers } from './about';
import { applyHandlers } from './apply';
import { authorityHandlers } from './authorities';
import { batchHandlers } from './batches';
import { bulkHandlers } from './bulk';
import { changeHandlers } from './changes';
import { compareHandlers } from './compare';
import { connectionHandlers } from './connections';
import { credentialHandlers } from './credentials';
import { directoryHandlers } from './directory';
import { exportHandlers } from './export';
import { journalHandlers } from './journal';
import { keepingHandlers } from './keeping';
import { lockHandlers } from './lock';
import type { HandlerParts } from './parts';
import { selectionHandlers } from './selection';
import { sheetHandlers } from './sheets';
import { stepHandlers } from './steps';
import { supportHandlers } from './support';
import { templateHandlers } from './templates';
import { transferHandlers } from './transfer';

/** One handler for every request of the contract. */
export function makeHandlers(parts: HandlerParts): Handlers {
  const { services, app, envelopes } = parts;
  const { workOrders, ...preparing } = changeHandlers(parts);
  let formDraft: FormDraft | null = null;
  return {
    app: {
      info: () => ({
        ...app.info(),
        envelopeKey: envelopes.publicKey,
        preferences: app.preferences(),
        keychain: app.keychainState(),
        // What they say belongs to whoever unlocks.
        notices: app.lock.state().locked ? [] : [...app.notices()],
        ...app.lock.state(),
        refused: null,
      }),
      setPreferences: (change) => app.setPreferences(change),
      workspace: () => services.workspace.load(),
      saveWorkspace: (workspace: Workspace) => services.workspace.save(workspace),
      formDraft: () => formDraft,
      keepFormDraft: ({ draft }) => {
        formDraft = draft;
      },
      readyToClose: () => app.readyToClose(),
      stay: () => app.stay(),
    },
    about: aboutHandlers(parts),
    support: supportHandlers(parts),
    lock: lockHandlers(parts),
    keychain: {
      retry: () => app.retryKeychain(),
      useSession: () => app.useSession(),
      acceptKey: async () => {
        await services.vault.acceptKey();
        await services.unlock();
        return app.keychainState();
      },
    },
    connections: connectionHandlers(parts),
    credentials: credentialHandlers(parts),
    authorities: authorityHandlers(parts),
    directory: directoryHandlers(parts),
    ...preparing,
    workOrders: { ...workOrders, ...transferHandlers(parts) },
    ...applyHandlers(parts),
    journal: { ...journalHandlers(parts), ...exportHandlers(parts) },
    keeping: keepingHandlers(parts),
    jobs: { cancel: ({ job }) => services.jobs.cancel(job), list: () => services.jobs.list() },
    selection: selectionHandlers(parts),
    bulk: bulkHandlers(parts),
    batches: batchHandlers(parts),
    steps: stepHandlers(parts),
    sheets: sheetHandlers(parts),
    templates: templateHandlers(parts),
    compare: compareHandlers(parts),
  };
}
