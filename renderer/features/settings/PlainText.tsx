import classes from './Settings.module.css';

/** Text as it is, left to right, that can be marked and scrolled and not changed. */
export function PlainText({ label, text }: { label: string; text: string }) {
  return (
    <section className={classes.plainText} dir="ltr" aria-label={label}>
      <pre>{text}</pre>
    </section>
  );
}
