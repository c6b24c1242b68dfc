import { useCallback, useEffect, useRef, useState } from 'react';
import type { SecretState } from '../../../shared/model/record';
import { useEditor } from '../EditorContext';
import type { FieldState } from '../field-state';
import { useCopySecret } from '../useCopySecret';
import { useReveal } from '../useReveal';

/** Where a secret's newest value lies: in the prepared change, or in the record as it was synced. */
function secretSource({ shown, base, changed, draft }: FieldState): 'record' | 'change' {
  // A field with a draft is changed before its save is answered; until then the record has the last value.
  return changed && (!draft || shown !== base) ? 'change' : 'record';
}

/** A secret's state, null where the server has no such field to show (a panel password). */
function secretState({ shown }: FieldState): SecretState | null {
  return shown !== null && typeof shown === 'object' ? shown.secret : null;
}

/** What the controls of a secret have in common: its state, seeing and copying it, and whether it is being typed. */
export function useSecret(field: FieldState) {
  const { name } = field.spec;
  const source = secretSource(field);
  const reveal = useReveal(name, source);
  const copying = useCopySecret(field.spec, source);
  return { source, state: secretState(field), reveal, copying, ...useSecretEditing(field) };
}

/**
 * Whether a secret is being typed. It begins with the first letter or a button and ends when the field is left; what
 * could not be saved keeps it open. Going to another window is not leaving: a password may be noted down there.
 */
function useSecretEditing(field: FieldState) {
  const { saver, shown } = useEditor();
  const [begun, setBegun] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const { spec } = field;
  const end = useCallback(() => {
    setBegun(false);
    saver.leave(spec);
  }, [saver, spec]);
  useEffect(() => {
    if (!shown) end();
  }, [shown, end]);
  const onBlur = (event: React.FocusEvent) => {
    const next = event.relatedTarget;
    if (next instanceof Node && box.current?.contains(next)) return;
    if (next === null && !document.hasFocus()) {
      void saver.flush();
      return;
    }
    end();
  };
  return { editing: begun || field.draft !== undefined, begin: () => setBegun(true), onBlur, box };
}
