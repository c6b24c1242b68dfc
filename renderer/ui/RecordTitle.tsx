import { Fragment } from 'react';
import { textDirection } from './isolate';
import layout from './layout.module.css';
import classes from './RecordTitle.module.css';
import { SeenText } from './SeenText';
import { titleParts } from './title-parts';

/**
 * A record's title, its parts in the order of reading: the number stands where a line begins, also before a name of the
 * other direction, so that numbers stand below each other. What is too long is cut at the end of its own direction;
 * where something is written to the record (`whole`) it wraps instead.
 */
export function RecordTitle({ title, whole = false }: { title: string; whole?: boolean }) {
  return (
    <span className={classes.title} data-whole={whole || undefined}>
      {titleParts(title).map(({ text, short }, at) => (
        <Fragment key={text}>
          {at > 0 ? ' ' : ''}
          <bdi dir={textDirection(text)} className={short ? layout.fixed : classes.long}>
            <SeenText>{text}</SeenText>
          </bdi>
        </Fragment>
      ))}
    </span>
  );
}
