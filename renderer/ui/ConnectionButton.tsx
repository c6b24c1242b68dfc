import { Button, type ButtonProps, type ElementProps } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Connection } from '../../shared/model/connection';
import classes from './ConnectionButton.module.css';
import { connectionLine } from './ConnectionTag';
import layout from './layout.module.css';

type Coloured = Pick<Connection, 'id' | 'colour'>;

/**
 * A button that acts on servers: the one accent colour, and inside a stripe in the colour of each server. The colour of
 * a connection means nothing: as the button's own, a red one would make reading look like destroying.
 */
export function ConnectionButton({
  connections,
  leftSection,
  children,
  ...button
}: {
  connections: readonly (Coloured | null | undefined)[];
} & ButtonProps &
  ElementProps<'button', keyof ButtonProps>) {
  const known = connections.filter((one): one is Coloured => one !== null && one !== undefined);
  return (
    <Button
      {...button}
      classNames={{
        root: classes.button,
        inner: classes.inner,
        label: classes.label,
        section: layout.fixed,
      }}
      leftSection={known.length === 0 ? leftSection : <Stripes connections={known}>{leftSection}</Stripes>}
    >
      {children}
    </Button>
  );
}

function Stripes({ connections, children }: { connections: readonly Coloured[]; children: ReactNode }) {
  return (
    <span className={classes.stripes} aria-hidden>
      {connections.slice(0, atMost).map(({ id, colour }) => (
        <span
          key={id}
          className={classes.stripe}
          data-stripe
          style={{ background: connectionLine(colour) }}
        />
      ))}
      {children}
    </span>
  );
}

/** More stripes than these cannot be told apart; the servers' names are in the button's words. */
const atMost = 6;
