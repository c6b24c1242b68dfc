import { Fragment } from 'react';
import { textDirection } from './isolate';
import layout from './layout.module.css';
import { SeenText } from './SeenText';

/**
 * A name that is cut where it is too long: at the end of its own direction, so that its beginning stays in whichever
 * language the window is. It stands where a line of the page begins.
 */
export function CutText({ children }: { children: string }) {
  return (
    <bdi className={layout.cutOwn} dir={textDirection(children)} data-cut-text>
      <SeenText>{children}</SeenText>
    </bdi>
  );
}

/**
 * A title that the program made ("Extensions · Tehran PBX"): its last part is cut, at the end of its own direction. What
 * is put into it has gone through `seenText`.
 */
export function CutTitle({ children }: { children: string }) {
  const parts = children.split(' · ');
  return (
    <span className={layout.cutTitle}>
      {parts.map((part, at) => (
        <Fragment key={part}>
          {at > 0 ? <span className={layout.between}>·</span> : null}
          <bdi className={layout.cutOwn} dir={textDirection(part)} data-cut-text>
            {part}
          </bdi>
        </Fragment>
      ))}
    </span>
  );
}
