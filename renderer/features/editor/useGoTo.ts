import { type RefObject, useCallback } from 'react';
import { type Catalog, fieldsByName } from '../../../shared/catalog';

/** Goes to a field: its page to the front, its control into view and focus. */
export function useGoTo(
  root: RefObject<HTMLElement | null>,
  catalog: Catalog,
  setPage: (page: string) => void,
): (field: string) => void {
  return useCallback(
    (field) => {
      const spec = fieldsByName(catalog).get(field);
      if (!spec) return;
      setPage(spec.tab);
      // After the page is drawn; two frames, since a drawer gives focus back in the first.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          const row = root.current?.querySelector(`[data-row="${CSS.escape(field)}"]`);
          const control = row?.querySelector<HTMLElement>('[data-field]');
          // Of buttons side by side the one that is chosen: from there the arrows go on.
          const target = control?.matches('input, textarea')
            ? control
            : (control?.querySelector<HTMLElement>('input:checked') ??
              control?.querySelector<HTMLElement>('input'));
          row?.scrollIntoView({ block: 'nearest' });
          target?.focus();
          // As when one comes by Tab: what is typed next replaces it.
          if (target instanceof HTMLInputElement && target.type === 'text') target.select();
        }),
      );
    },
    [root, catalog, setPage],
  );
}
