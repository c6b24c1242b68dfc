import 'react';

declare module 'react' {
  interface CSSProperties {
    /** Custom properties may be set in `style` like any other. */
    readonly [variable: `--${string}`]: string | number | undefined;
  }
}
