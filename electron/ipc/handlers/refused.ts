import { contract, type Handlers } from '../../../shared/contract/contract';
import { type Problem, ProblemError } from '../../../shared/model/problem';
import type { Preferences } from '../../../shared/model/workspace';
import type { Envelopes } from '../envelopes';
import type { AppPort } from './parts';

/**
 * Handlers for a profile that cannot be used (its database is newer than this program): the window can say so in the
 * person's language, every other request answers with the same problem, and nothing is touched.
 */
export function refusedHandlers(why: Problem, app: AppPort, envelopes: Envelopes): Handlers {
  const refuse = (): never => {
    throw new ProblemError(why);
  };
  const group = <G extends keyof Handlers>(name: G): Handlers[G] =>
    Object.fromEntries(
      Object.keys(contract[name]).map((request) => [request, refuse]),
    ) as unknown as Handlers[G];
  return {
    connections: group('connections'),
    credentials: group('credentials'),
    authorities: group('authorities'),
    directory: group('directory'),
    changes: group('changes'),
    workOrders: group('workOrders'),
    plan: group('plan'),
    apply: group('apply'),
    journal: group('journal'),
    keeping: group('keeping'),
    jobs: group('jobs'),
    selection: group('selection'),
    bulk: group('bulk'),
    batches: group('batches'),
    steps: group('steps'),
    sheets: group('sheets'),
    templates: group('templates'),
    compare: group('compare'),
    keychain: group('keychain'),
    about: group('about'),
    support: group('support'),
    lock: group('lock'),
    app: {
      info: () => ({
        ...app.info(),
        envelopeKey: envelopes.publicKey,
        preferences: app.preferences(),
        keychain: 'unknown',
        notices: [],
        locked: false,
        unlockPrompt: false,
        refused: why,
      }),
      setPreferences: (change: { [K in keyof Preferences]?: Preferences[K] | undefined }) =>
        app.setPreferences(change),
      workspace: () => ({ tabs: [{ type: 'overview' }], active: 0, columns: {} }),
      saveWorkspace: () => undefined,
      formDraft: () => null,
      keepFormDraft: () => undefined,
      readyToClose: () => app.readyToClose(),
      stay: () => app.stay(),
    },
  };
}
