import { Button } from '@mantine/core';

/** One of the small buttons beside a secret: a short word to see, a whole sentence for its name. */
export function SecretButton({
  word,
  name,
  busy = false,
  onClick,
}: {
  word: string;
  name: string;
  busy?: boolean;
  onClick: () => void;
}) {
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      // The name begins with what is seen: who says it aloud means this button.
      aria-label={name.includes(word) ? name : `${word} · ${name}`}
      title={name}
      loading={busy}
      // Focus stays in the field while a mouse is on its buttons, so that what is typed there stays too.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      {word}
    </Button>
  );
}
