import type { ReactNode } from 'react';
import css from '../fields.module.css';

/** What stands under a control that is not a text input: its error, or else its hint. */
export function UnderLine({ id, error, hint }: { id: string; error: string | undefined; hint?: ReactNode }) {
  if (error) {
    return (
      <p id={`${id}-under`} className={`${css.under} ${css.underError}`}>
        {error}
      </p>
    );
  }
  return hint ? (
    <p id={`${id}-under`} className={`${css.under} ${css.underHint}`}>
      {hint}
    </p>
  ) : null;
}
