import { Fragment } from 'react';
import { textDirection } from './isolate';
import classes from './RecordTitle.module.css';
import { titleParts } from './title-parts';

/**
 * A record's title, its parts in the order of reading: the number stands where a line begins, also before a name of the
 * other direction, so that numbers stand below each other. What is too long is cut at the end of its own direction.
 */
export function RecordTitle({ title }: { title: string }) {
  return (
    <span className={classes.title}>
      {titleParts(title).map(({ text, short }, at) => (
        <Fragment key={text}>
          {at > 0 ? ' ' : ''}
          <bdi dir={textDirection(text)} className={short ? classes.short : classes.long}>
            {text}
          </bdi>
        </Fragment>
      ))}
    </span>
  );
}
