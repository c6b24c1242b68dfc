import type { Connection } from '../../shared/model/connection';
import classes from './ConnectionTag.module.css';

/** The short tag of a connection on a tint of the connection's own colour; nothing where it has none. */
export function ConnectionTag({ connection }: { connection: Pick<Connection, 'tag' | 'colour'> }) {
  if (connection.tag === '') return null;
  return (
    <bdi className={classes.tag} style={{ background: `var(--tint-${connection.colour})` }}>
      {connection.tag}
    </bdi>
  );
}

/** A connection's own colour, for the thin line along whatever belongs to it. */
export function connectionLine(colour: Connection['colour']): string {
  return `var(--mantine-color-${colour}-filled)`;
}
