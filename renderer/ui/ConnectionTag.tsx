import { Badge } from '@mantine/core';
import type { Connection } from '../../shared/model/connection';

/** The short tag of a connection in the connection's own colour; nothing where it has none. */
export function ConnectionTag({ connection }: { connection: Pick<Connection, 'tag' | 'colour'> }) {
  if (connection.tag === '') return null;
  return (
    <Badge color={connection.colour} variant="light" size="sm" radius="sm" tt="none" fw={500}>
      <bdi>{connection.tag}</bdi>
    </Badge>
  );
}

/** A connection's own colour, for the thin line along whatever belongs to it. */
export function connectionLine(colour: Connection['colour']): string {
  return `var(--mantine-color-${colour}-filled)`;
}
