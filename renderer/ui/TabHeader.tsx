import type { ReactNode } from 'react';
import type { Connection } from '../../shared/model/connection';
import classes from './TabHeader.module.css';

/**
 * The head of a tab that is about one connection: its colour as a line along the top. What it is about is never cut;
 * where there is no room for both, what can be done with it goes below.
 */
export function TabHeader({ connection, children }: { connection: Connection; children: ReactNode }) {
  return (
    <header
      className={classes.header}
      style={{ '--connection': `var(--mantine-color-${connection.colour}-6)` }}
    >
      {children}
    </header>
  );
}
