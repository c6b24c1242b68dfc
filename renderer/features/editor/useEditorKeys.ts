import type { RefObject } from 'react';
import { localised } from '../../i18n';
import { useFindable } from '../../program/finding';
import { useViewShortcuts } from '../../program/useViewShortcuts';
import { useOnScreenKeys } from '../../ui/useOnScreenKeys';
import type { RecordForm } from './useRecordForm';

/** The keys of an editor: save, plan, undo the field in hand, a group of fields by its position; and its fields, to be found. */
export function useEditorKeys(
  root: RefObject<HTMLElement | null>,
  form: RecordForm,
  does: { save(): void; plan(): void; setPage(page: string): void; goTo(field: string): void },
): void {
  const { tabs } = form.catalog;
  useViewShortcuts(root, {
    save: does.save,
    plan: does.plan,
    undoField: () =>
      document.activeElement?.closest('[data-row]')?.querySelector<HTMLElement>('[data-undo]')?.click(),
  });
  useOnScreenKeys(root, (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const page = digit === undefined ? undefined : tabs[Number(digit) - 1];
    const first = page && [...form.fields.values()].find(({ spec }) => spec.tab === page.id);
    if (!page) return;
    event.preventDefault();
    if (first) does.goTo(first.spec.name);
    else does.setPage(page.id);
  });
  useFindable(root, () =>
    [...form.fields.values()].map(({ spec }) => ({
      id: spec.name,
      text: localised(spec.label),
      note: [localised(tabs.find(({ id }) => id === spec.tab)?.label ?? spec.label), spec.name].join(' · '),
      run: () => does.goTo(spec.name),
    })),
  );
}
