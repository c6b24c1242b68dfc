import { type RefObject, useEffect, useRef } from 'react';

/** Something in a view that one can go to: a field, a row. */
export interface Findable {
  readonly id: string;
  readonly text: string;
  /** Further words that it answers to, and that tell it from others. */
  readonly note: string;
  run(): void;
}

interface Part {
  readonly part: RefObject<HTMLElement | null>;
  list(): readonly Findable[];
}

const parts = new Set<Part>();

/** Says what can be found in a part of a view, for as long as it is there; asked for when somebody looks. */
export function useFindable(part: RefObject<HTMLElement | null>, list: () => readonly Findable[]): void {
  const newest = useRef(list);
  useEffect(() => {
    newest.current = list;
  });
  useEffect(() => {
    const own = { part, list: () => newest.current() };
    parts.add(own);
    return () => void parts.delete(own);
  }, [part]);
}

/** What can be found in what is on the screen. */
export function findables(): readonly Findable[] {
  return [...parts]
    .filter(({ part }) => part.current?.checkVisibility({ checkVisibilityCSS: true }))
    .flatMap((one) => one.list());
}
