import type { TablerIcon } from '@tabler/icons-react';
import layout from './layout.module.css';
import classes from './MarkFace.module.css';

/** A shape and a colour role: the shape alone tells marks apart without colour. */
export interface MarkLook {
  readonly icon: TablerIcon;
  readonly role: 'information' | 'ok' | 'warning' | 'danger' | 'muted';
}

interface Props {
  readonly look: MarkLook;
  readonly word: string;
  /** Stands before the word. */
  readonly count?: string | undefined;
  readonly status?: string;
}

/** One word, one shape, one colour role. */
export function MarkFace({ look: { icon: Icon, role }, word, count, status }: Props) {
  return (
    <span className={classes.mark} style={{ color: `var(--role-${role})` }} data-status={status}>
      <Icon size={15} aria-hidden className={layout.fixed} />
      {count === undefined ? null : <span className={classes.count}>{count}</span>}
      <span>{word}</span>
    </span>
  );
}
