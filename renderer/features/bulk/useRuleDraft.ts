import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { BulkRule, ShownRule, TypedRule } from '../../../shared/bulk/rule';
import type { FieldSpec } from '../../../shared/catalog';
import type { Problem } from '../../../shared/model/problem';
import { Autosave, type Draft } from '../../drafts/autosave';
import { storeAtEnd } from '../../drafts/storing';
import { openRule, typedRule } from './rule-edit';

/** Keeps the rule that a field shows and that says nothing yet, beyond the field's own time on the screen. */
export interface Offers {
  get(): BulkRule | null;
  set(rule: BulkRule | null): void;
}

export interface RuleDraft {
  /** What the controls show; null keeps the field. */
  readonly rule: BulkRule | null;
  /** Chosen, and nothing typed or chosen with it yet. */
  readonly offered: boolean;
  /** Something is being typed here, so that a secret's mask is to go. */
  readonly typing: boolean;
  /** What is shown is not what is stored (yet). */
  readonly unsaved: boolean;
  readonly problem: Problem | null;
  /** Takes what was typed, stored within the blink of an eye. */
  type(rule: BulkRule): void;
  /** Takes what was chosen without typing, stored at once. */
  choose(rule: BulkRule | null): void;
  /** Shows a rule that says nothing yet. */
  offer(rule: BulkRule): void;
  leave(): void;
  flush(): Promise<void>;
}

const key = 'rule';

/**
 * A rule between its controls and the store; what is unsaved when the field goes away is saved then.
 * @param onRule stores it, and comes back when `rule` has what it became
 * @param offers where a rule that says nothing yet is kept while the field is not shown; nowhere if not given
 */
export function useRuleDraft(
  spec: FieldSpec,
  rule: ShownRule | null,
  onRule: (rule: TypedRule | null) => Promise<void>,
  offers?: Offers,
): RuleDraft {
  const [draft, setDraft] = useState<Draft<BulkRule | null> | null>(null);
  // Chosen, and nothing said with it yet; what is stored is that the field is kept.
  const [offered, setOffered] = useState<BulkRule | null>(() => (rule === null && offers?.get()) || null);
  const store = useRef(onRule);
  useEffect(() => {
    store.current = onRule;
  });
  const offer = useCallback(
    (next: BulkRule | null) => {
      setOffered(next);
      offers?.set(next);
    },
    [offers],
  );
  const autosave = useMemo(() => {
    const send = (next: BulkRule | null): Promise<void> => {
      const typed = next === null ? null : typedRule(spec, next);
      return typed instanceof Promise ? typed.then((sealed) => store.current(sealed)) : store.current(typed);
    };
    return new Autosave<BulkRule | null>({
      store: (_, next) => send(next),
      // A secret is not shown again once it is stored.
      keeps: () => spec.secret !== true,
      changed: (_, next) => setDraft(next),
    });
  }, [spec]);
  useEffect(() => {
    // A rule that came from elsewhere takes the place of what was stored here before.
    const now = autosave.get(key);
    if (rule !== undefined && now?.state === 'saved' && !now.held) autosave.forget(key);
  }, [rule, autosave]);
  useEffect(() => storeAtEnd(autosave), [autosave]);

  return useMemo(
    () => ({
      rule: offered ?? (draft ? draft.value : rule && openRule(rule)),
      offered: offered !== null,
      typing: draft !== null,
      unsaved: draft !== null && draft.state !== 'saved',
      problem: draft?.problem ?? null,
      type: (next) => {
        offer(null);
        autosave.type(key, next);
      },
      choose: (next) => {
        offer(null);
        void autosave.choose(key, next);
      },
      offer: (next) => {
        const stored = rule !== null || autosave.get(key) !== null;
        autosave.forget(key);
        offer(next);
        if (!stored) return;
        autosave
          .inTurn('', () => store.current(null))
          .catch((error: unknown) => {
            offer(null);
            autosave.failed(key, null, error);
          });
      },
      leave: () => autosave.leave(key),
      flush: async () => void (await autosave.flush()),
    }),
    [offered, draft, rule, autosave, offer],
  );
}
