import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n';

/** "about 20 s left", "about 3 min left": rounded so far that it does not flicker. */
export function useTimeLeftWords(): (ms: number) => string {
  const { t } = useTranslation('runs');
  return (ms) => {
    const seconds = Math.ceil(ms / 1_000);
    if (seconds <= 5) return t('left.soon');
    if (seconds < 60) return t('left.seconds', { n: formatCount(Math.ceil(seconds / 10) * 10) });
    const minutes = Math.ceil(seconds / 60);
    return t('left.minutes', { count: minutes, n: formatCount(minutes) });
  };
}
