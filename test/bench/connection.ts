import type { ConnectionDraft } from '../../shared/model/connection';

/** The PBX that is measured. `baseUrl`: where it answers; left out where no server is asked. */
export function benchConnection(baseUrl = 'http://127.0.0.1'): ConnectionDraft {
  return {
    kind: 'simotel',
    name: 'Bench',
    site: '',
    baseUrl,
    authMode: 'basic',
    timeoutMs: 60_000,
    parallel: 4,
    writeMode: 'full',
    colour: 'blue',
    tag: '',
    certificate: null,
  };
}
