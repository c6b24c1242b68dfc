import { useCallback, useEffect, useRef, useState } from 'react';
import { makeEnvelopeKeys, open } from '../../shared/lib/envelope';
import { type Problem, problemOf } from '../../shared/model/problem';
import { ask, patchbay } from '../program/bridge';
import { useEditor } from './EditorContext';

export const revealForSeconds = 30;

export interface Reveal {
  /** The secret while it is shown, null while it is not. */
  readonly text: string | null;
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Asks for the secret; it is journalled. Resolves to it, or to null where it is not to be had. */
  show(forGood?: boolean): Promise<string | null>;
  hide(): void;
}

/**
 * Shows one secret for a short while, sealed on its way with a key pair made for this one time. It is forgotten when
 * the time is over, when its tab is no longer in front, and when its control goes away.
 */
export function useReveal(field: string, source: 'record' | 'change'): Reveal {
  const { record, shown } = useEditor();
  const [text, setText] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wanted = useRef(0);

  const hide = useCallback(() => {
    clearTimeout(timer.current);
    wanted.current += 1;
    setText(null);
    setProblem(null);
  }, []);

  useEffect(() => {
    if (!shown) hide();
  }, [shown, hide]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const show = async (forGood = false): Promise<string | null> => {
    hide();
    const mine = wanted.current;
    setBusy(true);
    try {
      const keys = await makeEnvelopeKeys(crypto);
      const answer = await ask(patchbay.directory.reveal({ ...record, field, source, to: keys.publicKey }));
      const secret = await open(crypto, keys, answer.secret);
      // Left meanwhile: what was asked for is not shown to whoever looks now.
      if (mine !== wanted.current) return null;
      setText(secret);
      if (!forGood) timer.current = setTimeout(hide, revealForSeconds * 1000);
      return secret;
    } catch (error) {
      if (mine === wanted.current) setProblem(problemOf(error));
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { text, busy, problem, show, hide };
}
