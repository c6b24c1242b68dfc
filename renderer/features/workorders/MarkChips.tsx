import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n';
import { type Mark, StatusMark } from '../../ui/StatusMark';
import classes from './MarkChips.module.css';

/** How many rows there are of each word; a click shows only those, another one all again. */
export function MarkChips({
  counts,
  filter,
  disabled,
  onFilter,
}: {
  counts: readonly (readonly [Mark, number])[];
  filter: Mark | null;
  disabled: boolean;
  onFilter: (filter: Mark | null) => void;
}) {
  const { t } = useTranslation('workorders');
  // A word that is chosen stays, so that it can be taken back, when its last row has become something else.
  const gone = filter !== null && counts.every(([mark]) => mark !== filter);
  const shown = gone ? [...counts, [filter, 0] as const] : counts;
  if (shown.length === 0) return null;
  return (
    <fieldset className={classes.chips} aria-label={t('filter.label')}>
      {shown.map(([mark, count]) => (
        <UnstyledButton
          key={mark}
          className={classes.chip}
          aria-pressed={filter === mark}
          disabled={disabled}
          title={disabled ? undefined : t(filter === mark ? 'filter.all' : 'filter.only')}
          onClick={() => onFilter(filter === mark ? null : mark)}
          data-filter={mark}
        >
          <StatusMark mark={mark} count={formatCount(count)} />
        </UnstyledButton>
      ))}
    </fieldset>
  );
}
