import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { BulkRule, ShownRule, TypedRule } from '../../../shared/bulk/rule';
import type { FieldSpec } from '../../../shared/catalog';
import type { Problem } from '../../../shared/model/problem';
import { problemOf } from '../../bridge';
import { beforeClosing } from '../shell/closing';
import { openRule, typedRule } from './rule-edit';

const saveAfterMs = 150;

interface Draft {
  readonly rule: BulkRule | null;
  /** `offered`: chosen, and nothing said with it yet; what is stored is that the field is kept. */
  readonly state: 'offered' | 'typed' | 'saving' | 'saved' | 'failed';
  /** Somebody is still in the field. */
  readonly held: boolean;
  readonly problem: Problem | null;
}

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

/**
 * A rule between its controls and the store. What is typed is stored 150 ms after the first key and again as long as
 * keys come; one save at a time, the last one wins; what is unsaved when the field goes away is saved then.
 * @param onRule stores it, and comes back when `rule` has what it became
 * @param offers where a rule that says nothing yet is kept while the field is not shown; nowhere if not given
 */
export function useRuleDraft(
  spec: FieldSpec,
  rule: ShownRule | null,
  onRule: (rule: TypedRule | null) => Promise<void>,
  offers?: Offers,
): RuleDraft {
  const [draft, setShown] = useState<Draft | null>(() => {
    const offered = rule === null ? offers?.get() : null;
    return offered ? { rule: offered, state: 'offered', held: false, problem: null } : null;
  });
  const now = useRef<Draft | null>(draft);
  const store = useRef(onRule);
  useEffect(() => {
    store.current = onRule;
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const set = useCallback(
    (next: Draft | null) => {
      now.current = next;
      setShown(next);
      offers?.set(next?.state === 'offered' ? next.rule : null);
    },
    [offers],
  );

  /** Sends a rule after those before it; at once where there is no later. */
  const send = useCallback(
    (next: BulkRule | null, urgent: boolean): Promise<void> => {
      const go = () => {
        const typed = next === null ? null : typedRule(spec, next);
        return typed instanceof Promise
          ? typed.then((sealed) => store.current(sealed))
          : store.current(typed);
      };
      const mine = urgent ? go() : queue.current.then(go);
      // A failure is its asker's; the next in the queue goes on all the same.
      queue.current = mine.catch(() => undefined);
      return mine;
    },
    [spec],
  );

  const save = useCallback(
    (urgent = false): Promise<void> => {
      clearTimeout(timer.current);
      timer.current = undefined;
      const sent = now.current;
      if (!sent || (sent.state !== 'typed' && sent.state !== 'failed')) return queue.current;
      set({ ...sent, state: 'saving', problem: null });
      const settle = (state: 'saved' | 'failed', problem: Problem | null) => {
        // Something else may have been typed meanwhile: that has its own save coming.
        if (now.current?.rule !== sent.rule || now.current.state !== 'saving') return;
        const forgotten = state === 'saved' && !now.current.held && spec.secret === true;
        set(forgotten ? null : { ...now.current, state, problem });
      };
      return send(sent.rule, urgent).then(
        () => settle('saved', null),
        (error: unknown) => settle('failed', problemOf(error)),
      );
    },
    [spec, send, set],
  );

  useEffect(() => {
    // A rule that came from elsewhere takes the place of what was stored here before.
    if (rule !== undefined && now.current?.state === 'saved' && !now.current.held) set(null);
  }, [rule, set]);
  useEffect(() => {
    const done = beforeClosing(() => save());
    const unload = () => void save(true);
    window.addEventListener('beforeunload', unload);
    return () => {
      window.removeEventListener('beforeunload', unload);
      void save().finally(done);
    };
  }, [save]);

  return useMemo(
    () => ({
      rule: draft ? draft.rule : rule && openRule(rule),
      offered: draft?.state === 'offered',
      typing: draft !== null && draft.state !== 'offered',
      unsaved: draft !== null && draft.state !== 'saved' && draft.state !== 'offered',
      problem: draft?.problem ?? null,
      type: (next) => {
        set({ rule: next, state: 'typed', held: true, problem: null });
        timer.current ??= setTimeout(() => void save(), saveAfterMs);
      },
      choose: (next) => {
        set({ rule: next, state: 'typed', held: false, problem: null });
        void save();
      },
      offer: (next) => {
        clearTimeout(timer.current);
        timer.current = undefined;
        const stored = rule !== null || now.current !== null;
        set({ rule: next, state: 'offered', held: false, problem: null });
        if (!stored) return;
        send(null, false).catch((error: unknown) => {
          set({ rule: null, state: 'failed', held: false, problem: problemOf(error) });
        });
      },
      leave: () => {
        const left = now.current;
        if (!left || left.state === 'offered') return;
        if (left.state === 'saved') set(null);
        else {
          set({ ...left, held: false });
          if (left.state === 'typed') void save();
        }
      },
      flush: () => save(),
    }),
    [draft, rule, send, save, set],
  );
}
