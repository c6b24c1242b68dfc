import { useRef, useState } from 'react';
import type { ConnectionDraft, ConnectionId } from '../../../shared/model/connection';
import { type Problem, problemOf } from '../../../shared/model/problem';
import { ask, patchbay } from '../../program/bridge';
import type { Credentials } from './useCredentials';

/**
 * Saving a form: the connection, then each typed credential. Done only when every answer says so; where one does not,
 * the problem is kept, what was typed stays, and saving again goes on from there.
 */
export function useSave(connectionId: ConnectionId | null, onKept: (id: ConnectionId) => void) {
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  // A keychain that asks may keep one attempt waiting for a minute; what that one answers then is overtaken.
  const attempt = useRef(0);
  const save = async (
    draft: ConnectionDraft,
    credentials: Credentials,
    parts: readonly string[],
  ): Promise<boolean> => {
    attempt.current += 1;
    const mine = attempt.current;
    setSaving(true);
    setProblem(null);
    try {
      const { id } = connectionId
        ? await ask(patchbay.connections.update({ connectionId, draft }))
        : await ask(patchbay.connections.create(draft));
      // From here on it exists: saving again must not make a second one.
      onKept(id);
      await credentials.store(id, parts);
      return mine === attempt.current;
    } catch (error) {
      if (mine === attempt.current) setProblem(problemOf(error));
      return false;
    } finally {
      if (mine === attempt.current) setSaving(false);
    }
  };
  return { saving, problem, save };
}

/** Whether keeping the credential for this session only is a way out of a problem. */
export function isKeychainProblem(problem: Problem): boolean {
  return problem.code.startsWith('keychain-');
}
