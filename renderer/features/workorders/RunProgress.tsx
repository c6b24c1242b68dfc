import { useTranslation } from 'react-i18next';
import { outcomes } from '../../../shared/model/plan';
import { currentLanguage, formatCount } from '../../i18n';
import classes from './RunProgress.module.css';
import type { Counts } from './run-progress';

/** The parts of the bar in their order: what came of the rows, then what is under way. The rest has not begun. */
const parts = [...outcomes, 'written'] as const;

/** A bar with a part for each outcome, in the colour and pattern of that outcome. Nobody's own colour is in it. */
export function RunProgress({ counts, name, small }: { counts: Counts; name: string; small?: boolean }) {
  const words = useProgressWords();
  const share = (part: (typeof parts)[number]) =>
    part === 'written' ? counts.written : (counts.outcomes[part] ?? 0);
  return (
    <div
      role="progressbar"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={counts.all}
      aria-valuenow={counts.done}
      aria-valuetext={words.full(counts)}
      title={words.full(counts)}
      className={classes.bar}
      data-small={small || undefined}
    >
      {parts.map((part) =>
        share(part) === 0 ? null : (
          <span
            key={part}
            className={classes.part}
            data-part={part}
            style={{ inlineSize: `${(share(part) / counts.all) * 100}%` }}
          />
        ),
      )}
    </div>
  );
}

/** How far a run is, in words: `short` what is done of all and what is unknown, `full` every outcome. */
export function useProgressWords() {
  const { t } = useTranslation(['runs', 'workorders']);
  const separator = currentLanguage() === 'fa' ? '، ' : ', ';
  const base = ({ done, all }: Counts) => t('progress', { done: formatCount(done), all: formatCount(all) });
  const counted = (n: number | undefined, word: string) => (n ? [`${formatCount(n)} ${word}`] : []);
  const short = (counts: Counts) =>
    [base(counts), ...counted(counts.outcomes.unknown, t('workorders:mark.unknown'))].join(separator);
  const full = (counts: Counts) =>
    [
      base(counts),
      ...outcomes.flatMap((one) => counted(counts.outcomes[one], t(`workorders:mark.${one}`))),
      ...counted(counts.written, t('workorders:mark.in-flight')),
      ...counted(counts.waiting, t('workorders:mark.waiting')),
    ].join(separator);
  return { short, full };
}
