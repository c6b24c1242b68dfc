import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunRow } from '../../../shared/model/plan';
import layout from '../../ui/layout.module.css';
import { decideRow, useIsDeciding } from './decide-row';

/** A row of which nobody knows whether it was written: it is decided by reading, by itself or at once. */
export function UndecidedRow({ runId, row }: { runId: string; row: RunRow }) {
  const { t } = useTranslation('runs');
  const deciding = useIsDeciding(row.changeId);
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        flex="none"
        loading={deciding}
        onClick={() => void decideRow(runId, row)}
      >
        {t('readNow')}
      </Button>
      <span className={layout.whole} title={t('byItselfHelp')}>
        {t('byItself')}
      </span>
    </>
  );
}
