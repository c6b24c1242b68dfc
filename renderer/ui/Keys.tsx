import { Kbd } from '@mantine/core';

/** The keys of a shortcut, as they stand on a keyboard; nothing where there are none. */
export function Keys({ words }: { words: string }) {
  if (words === '') return null;
  return (
    <Kbd size="xs" dir="ltr">
      {words}
    </Kbd>
  );
}
