import { useEffect, useMemo, useState } from 'react';
import type { Template } from '../../../shared/model/many';
import { Autosave, type Draft } from '../../drafts/autosave';
import { storeAtEnd } from '../../drafts/storing';
import { ask, patchbay } from '../../program/bridge';
import { takeTemplate } from '../../program/templates';

interface Texts {
  readonly name: string;
  readonly note: string;
}

/** A template's name and note while they are typed. */
export function useTemplateTexts(template: Template) {
  const [draft, setDraft] = useState<Draft<Texts> | null>(null);
  const autosave = useMemo(
    () =>
      new Autosave<Texts>({
        // A template has a name; while there is none, the last one stays.
        ready: ({ name }) => name.trim() !== '',
        keeps: () => true,
        store: async (_, { name, note }) => {
          const templateId = template.id;
          takeTemplate(
            await ask(patchbay.templates.update({ templateId, name: name.trim(), note: note.trim() })),
          );
        },
        changed: (_, next) => setDraft(next),
      }),
    [template.id],
  );
  useEffect(() => storeAtEnd(autosave), [autosave]);
  const { name, note } = draft?.value ?? template;
  return {
    name,
    note,
    problem: draft?.problem ?? null,
    type: (change: Partial<Texts>) => autosave.type('texts', { name, note, ...change }),
  };
}
