import { type ReactNode, useId } from 'react';
import classes from './Settings.module.css';

/** One setting: what it is on one side, the choice on the other. */
export function SettingRow({ label, help, children }: { label: string; help?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.row} aria-labelledby={id}>
      <div>
        <h2 className={classes.label} id={id}>
          {label}
        </h2>
        {help ? <p className={classes.help}>{help}</p> : null}
      </div>
      <div>{children}</div>
    </section>
  );
}
