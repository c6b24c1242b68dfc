import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n';

/** How long something still takes, rounded so far that it does not flicker. */
export function rounded(ms: number): {
  readonly unit: 'soon' | 'seconds' | 'minutes';
  readonly count: number;
} {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds <= 5) return { unit: 'soon', count: 0 };
  if (seconds < 60) return { unit: 'seconds', count: Math.ceil(seconds / 10) * 10 };
  return { unit: 'minutes', count: Math.ceil(seconds / 60) };
}

/** "about 20 s left", "about 3 min left". */
export function useTimeLeftWords(): (ms: number) => string {
  const { t } = useTranslation('runs');
  return (ms) => {
    const { unit, count } = rounded(ms);
    return t(`left.${unit}`, { count, n: formatCount(count) });
  };
}
