import { Button, Loader } from '@mantine/core';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { batchStatuses } from '../../../shared/model/batch';
import { formatCount } from '../../i18n';
import layout from '../../ui/layout.module.css';
import type { Preview } from '../batches';
import css from './bulk.module.css';

/** How many records would differ, stay the same, be wrong: as the rules are just now. */
export function LiveCount({
  preview,
  rules,
  brief = false,
}: {
  preview: Preview;
  rules: number;
  /** The counts are shown beside it: only says that it is working, and how far. */
  brief?: boolean;
}) {
  const { t } = useTranslation(['bulk', 'problem']);
  const { summary, working, progress, problem } = preview;
  if (rules === 0) return <span className={css.live}>{t('live.none')}</span>;
  if (problem && !working) {
    return (
      <span className={css.live} data-live="failed" role="status">
        <IconAlertTriangleFilled size={14} aria-hidden className={layout.danger} />
        {t(`problem:${problem.code}.title`, { defaultValue: t('live.failed') })}
        <Button size="compact-xs" variant="default" onClick={preview.again}>
          {t('live.again')}
        </Button>
      </span>
    );
  }
  return (
    <span className={css.live} role="status" data-live={working ? 'working' : 'settled'}>
      <span className={css.spin}>{working ? <Loader size={12} aria-label={t('live.working')} /> : null}</span>
      {summary && brief ? null : summary ? (
        <span data-stale={working || undefined}>
          {batchStatuses
            .filter((status) => summary.counts[status] > 0 || status === 'differs')
            .map((status) =>
              t(`live.${status}`, {
                count: summary.counts[status],
                formatted: formatCount(summary.counts[status]),
              }),
            )
            .join(' · ')}
        </span>
      ) : (
        t('live.working')
      )}
      {progress ? (
        <>
          <span className={layout.said}>
            {t('live.progress', {
              done: formatCount(progress.done),
              total: formatCount(progress.total ?? progress.done),
            })}
          </span>
          <Button size="compact-xs" variant="default" onClick={preview.cancel}>
            {t('live.cancel')}
          </Button>
        </>
      ) : null}
    </span>
  );
}
