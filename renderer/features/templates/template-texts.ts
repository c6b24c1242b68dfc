import { useCallback, useEffect, useRef, useState } from 'react';
import type { Template } from '../../../shared/model/many';
import type { Problem } from '../../../shared/model/problem';
import { ask, patchbay, problemOf } from '../../bridge';
import { beforeClosing } from '../shell/closing';
import { takeTemplate } from './queries';

interface Texts {
  readonly name: string;
  readonly note: string;
}

const saveAfterMs = 150;

/** A template's name and note while they are typed: stored 150 ms after a key, and at the latest when they go away. */
export function useTemplateTexts(template: Template) {
  const [typed, setTyped] = useState<Texts | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const now = useRef<Texts | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { id: templateId } = template;
  const save = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    const texts = now.current;
    // A template has a name; while there is none, the last one stays.
    if (!texts || texts.name.trim() === '') return;
    try {
      takeTemplate(
        await ask(
          patchbay.templates.update({ templateId, name: texts.name.trim(), note: texts.note.trim() }),
        ),
      );
      if (now.current === texts) now.current = null;
      setProblem(null);
    } catch (error) {
      setProblem(problemOf(error));
    }
  }, [templateId]);
  useEffect(() => {
    const done = beforeClosing(save);
    return () => {
      void save().finally(done);
    };
  }, [save]);
  const type = (change: Partial<Texts>): void => {
    const next = { name: template.name, note: template.note, ...typed, ...change };
    now.current = next;
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), saveAfterMs);
  };
  return { name: typed?.name ?? template.name, note: typed?.note ?? template.note, problem, type };
}
