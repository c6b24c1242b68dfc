import { type RefObject, useEffect, useRef } from 'react';

/**
 * Listens to the window's keys for as long as a part is there and on the screen: one that stands in a hidden tab, or
 * behind a dialog, hears nothing. The newest listener is called.
 */
export function useOnScreenKeys(
  part: RefObject<HTMLElement | null>,
  listener: (event: KeyboardEvent) => void,
): void {
  const newest = useRef(listener);
  useEffect(() => {
    newest.current = listener;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !part.current?.checkVisibility({ checkVisibilityCSS: true })) return;
      if (document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      newest.current(event);
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [part]);
}
