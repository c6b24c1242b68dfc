import { useState } from 'react';
import type { z } from 'zod';
import type { contract } from '../../../shared/contract/contract';
import type { Envelope } from '../../../shared/lib/envelope';
import type { ConnectionDraft, ConnectionId } from '../../../shared/model/connection';
import type { Problem } from '../../../shared/model/problem';
import { ask, patchbay, problemOf } from '../../bridge';

export type TestReport = z.infer<typeof contract.connections.test.output>;

/** Testing what stands in a form, and what came of it last. */
export function useTest(connectionId: ConnectionId | null) {
  const [testing, setTesting] = useState(false);
  const [report, setReport] = useState<TestReport | null>(null);
  const test = async (draft: ConnectionDraft, credentials: Record<string, Envelope>) => {
    setTesting(true);
    setReport(null);
    try {
      setReport(await ask(patchbay.connections.test({ draft, connectionId, credentials })));
    } catch (error) {
      setReport(failed(problemOf(error)));
    } finally {
      setTesting(false);
    }
  };
  return { testing, report, test, forget: () => setReport(null) };
}

function failed(problem: Problem): TestReport {
  return { ok: false, problem, facts: [], certificate: null };
}
