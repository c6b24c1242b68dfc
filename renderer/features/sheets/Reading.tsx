import { Button, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n';
import css from './sheets.module.css';
import type { SheetHand } from './useSheet';

/** A file is being read: how far, and the way to end it. */
export function Reading({ hand }: { hand: SheetHand }) {
  const { t } = useTranslation('sheets');
  const { progress } = hand;
  const share = progress?.total ? Math.min(100, Math.round((100 * progress.done) / progress.total)) : null;
  return (
    <span className={css.reading} role="status">
      <Loader size={14} aria-hidden />
      {share === null ? t('reading') : t('readingShare', { share: formatCount(share) })}
      {progress ? (
        <Button flex="none" size="compact-xs" variant="default" onClick={hand.cancel}>
          {t('cancel')}
        </Button>
      ) : null}
    </span>
  );
}
