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
