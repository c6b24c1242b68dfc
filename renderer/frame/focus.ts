/*
 * Where the focus goes by itself. A view that comes to the front gets it back where it was in there, or on its first
 * useful thing: what is marked `data-first`, or the first control inside that. What takes the focus with it as it goes (a
 * dialog that closes, a button that has done its work) leaves it to what had it before.
 */

const controls = 'a[href], button, input, select, textarea, [tabindex]';
/** What lies over the page for a while. */
const layer = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** Whether an element can have the focus now. */
export function usable(element: Element | null | undefined): element is HTMLElement {
  return (
    element instanceof HTMLElement &&
    element.isConnected &&
    !element.matches(':disabled') &&
    element.closest('[inert]') === null &&
    element.checkVisibility({ checkVisibilityCSS: true })
  );
}

/** The first thing in a part that Tab would reach; of buttons of which one is chosen, the chosen one. */
function firstControl(part: Element): HTMLElement | null {
  const all = [...part.querySelectorAll<HTMLElement>(controls)].filter(
    (one) => one.tabIndex >= 0 && usable(one) && !one.matches('input[type="radio"]:not(:checked)'),
  );
  return all[0] ?? null;
}

/** The first useful thing of a view, null while it is not there yet. */
export function firstUseful(view: Element): HTMLElement | null {
  for (const marked of view.querySelectorAll<HTMLElement>('[data-first]')) {
    const found = marked.matches('[tabindex="0"], button, input') ? marked : firstControl(marked);
    if (usable(found)) return found;
  }
  return null;
}

/** The dialog that lies over all, null where none is open. */
export function topDialog(): Element | null {
  return [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].at(-1) ?? null;
}

/** What had the focus last in each view: the element, and the field it was of, since a view may be drawn anew. */
const lastIn = new WeakMap<Element, { element: Element; field: string | null }>();
/** The element that had the focus last; the one that had it last and stands on the page itself. */
let last: Element | null = null;
let onPage: HTMLElement | null = null;
/** It became disabled while it had the focus: it gets it back when it is not so any more. */
let waitsFor: Element | null = null;

function keep({ target }: FocusEvent): void {
  if (!(target instanceof HTMLElement)) return;
  last = target;
  waitsFor = null;
  if (target.closest(layer)) return;
  onPage = target;
  const view = target.closest('[data-view]');
  if (view) lastIn.set(view, { element: target, field: target.getAttribute('data-field') });
}

/** What had the focus last in a view, where it is still there. */
function remembered(view: Element): HTMLElement | null {
  const { element, field } = lastIn.get(view) ?? {};
  if (usable(element)) return element;
  const same = field ? view.querySelector(`[data-field="${CSS.escape(field)}"]`) : null;
  return usable(same) ? same : null;
}

/** Gives the focus on where it has fallen to nowhere by no act of the user. */
function mend(): void {
  const { activeElement } = document;
  if (activeElement !== document.body && activeElement !== null) return;
  if (!last) return;
  if (usable(last)) {
    if (waitsFor === last) last.focus({ preventScroll: true });
    return;
  }
  const dialog = topDialog();
  if (last.isConnected && last.matches(':disabled') && (dialog === null || dialog.contains(last))) {
    waitsFor = last;
    return;
  }
  const front = document.querySelector('main [data-view]:not([inert])');
  const to = dialog
    ? (dialog.querySelector<HTMLElement>('[data-autofocus]') ?? firstControl(dialog))
    : usable(onPage)
      ? onPage
      : front && (remembered(front) ?? firstUseful(front));
  if (usable(to)) to.focus({ preventScroll: true });
}

/** Follows the focus for as long as the window stands. @returns what ends that */
export function followFocus(): () => void {
  const left = () => {
    waitsFor = null;
  };
  const watch = new MutationObserver(mend);
  document.addEventListener('focusin', keep);
  // Whoever clicks beside it has left it.
  document.addEventListener('pointerdown', left);
  watch.observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['disabled', 'inert'],
  });
  return () => {
    watch.disconnect();
    document.removeEventListener('focusin', keep);
    document.removeEventListener('pointerdown', left);
  };
}

/**
 * Puts the focus into a view that came to the front, as soon as there is something to put it on and no dialog lies over
 * it. Who walks through the tabs by keyboard keeps it there, and so does who has gone elsewhere meanwhile.
 * @returns what gives up waiting
 */
export function focusView(view: HTMLElement): () => void {
  const from = document.activeElement;
  const onTab = from?.matches('[role="tab"]:focus-visible') ?? false;
  const attempt = (): boolean => {
    const now = document.activeElement;
    if (topDialog()) return false;
    if (onTab || (now && view.contains(now) && now !== view)) return true;
    if (now !== from && now !== document.body && usable(now)) return true;
    const before = remembered(view);
    const to = before ?? firstUseful(view);
    to?.focus({ preventScroll: to === before });
    return to !== null;
  };
  if (attempt()) return () => undefined;
  const watch = new MutationObserver(() => attempt() && watch.disconnect());
  watch.observe(document.body, { subtree: true, childList: true });
  return () => watch.disconnect();
}
