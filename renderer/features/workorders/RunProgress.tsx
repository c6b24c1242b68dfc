import { Progress } from '@mantine/core';
import classes from './PlanTab.module.css';
import type { Counts } from './run-progress';

/** A bar: what has its outcome, and lighter what is written and being read back. */
export function RunProgress({
  counts,
  label,
  colour = 'blue',
}: {
  counts: Counts;
  label: string;
  colour?: string;
}) {
  const part = (n: number) => (counts.all === 0 ? 0 : (n / counts.all) * 100);
  return (
    <Progress.Root size={6} className={classes.runBar}>
      <Progress.Section value={part(counts.done)} color={colour} aria-label={label} />
      <Progress.Section value={part(counts.written)} color={colour} opacity={0.4} aria-hidden />
    </Progress.Root>
  );
}
