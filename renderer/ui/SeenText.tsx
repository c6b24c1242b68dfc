import { seenParts } from '../../shared/values/unseen';
import classes from './SeenText.module.css';

/**
 * A name that came from a server or a file. A character in it that cannot be seen, or that turns the direction of what
 * stands around it, is written out: with one a name can look like another's.
 */
export function SeenText({ children }: { children: string }) {
  return seenParts(children).map((part, at) =>
    'text' in part ? (
      part.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have nothing else
      <span key={at} className={classes.unseen} dir="ltr" data-unseen={part.code}>
        {part.code}
      </span>
    ),
  );
}
