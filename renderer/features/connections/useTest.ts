import { useRef, useState } from 'react';
import type { z } from 'zod';
import type { contract } from '../../../shared/contract/contract';
import type { Envelope } from '../../../shared/lib/envelope';
import type { ConnectionDraft, ConnectionId } from '../../../shared/model/connection';
import { type Problem, problemOf } from '../../../shared/model/problem';
import { ask, patchbay } from '../../program/bridge';

export type TestReport = z.infer<typeof contract.connections.test.output>;

/** Testing what stands in a form, and what came of it last. `forget` when anything it speaks of is edited. */
export function useTest(connectionId: ConnectionId | null) {
  const latest = useRef(0);
  const [testing, setTesting] = useState(false);
  const [report, setReport] = useState<TestReport | null>(null);
  const test = async (draft: ConnectionDraft, credentials: Record<string, Envelope>) => {
    latest.current += 1;
    const mine = latest.current;
    setTesting(true);
    setReport(null);
    let result: TestReport;
    try {
      result = await ask(patchbay.connections.test({ draft, connectionId, credentials }));
    } catch (error) {
      result = failed(problemOf(error));
    }
    // What was edited meanwhile makes it the answer to another question.
    if (mine !== latest.current) return;
    setReport(result);
    setTesting(false);
  };
  const forget = () => {
    latest.current += 1;
    setReport(null);
    setTesting(false);
  };
  /** The certificate that the server showed is trusted now: what was wrong with it is over, the certificate stays shown. */
  const trusted = () => setReport((before) => before && { ...before, problem: null });
  return { testing, report, test, forget, trusted };
}

function failed(problem: Problem): TestReport {
  return { ok: false, problem, facts: [], tested: [], untested: [], certificate: null, trusted: null };
}
