import { VisuallyHidden } from '@mantine/core';
import { formatCount } from '../i18n';
import classes from './CountBadge.module.css';

/** A number beside the name of a page, and in words what it counts; nothing where there is none. */
export function CountBadge({ count, words }: { count: number; words: string }) {
  if (count === 0) return null;
  return (
    <span className={classes.badge} title={words}>
      {formatCount(count)}
      <VisuallyHidden> {words}</VisuallyHidden>
    </span>
  );
}
