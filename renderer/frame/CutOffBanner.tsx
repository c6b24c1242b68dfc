import { Button } from '@mantine/core';
import { IconPlugX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { countsOf, isCutOff, openRunTab, type RunView, useOpenRun } from '../features/workorders';
import { formatCount } from '../i18n';
import { useWorkOrder, workOrderName } from '../program/work-orders';
import { isolate } from '../ui/isolate';
import classes from './Banners.module.css';

/** Says that a run was cut off when the program ended, and leads to it. Stays until it is taken up or ended. */
export function CutOffBanner() {
  const run = useOpenRun();
  return run && isCutOff(run) ? <Banner run={run} /> : null;
}

function Banner({ run }: { run: RunView }) {
  const { t } = useTranslation('runs');
  const order = useWorkOrder(run.head.workOrderId);
  const name = isolate(order ? workOrderName(order) : t('aRun'));
  const { waiting } = countsOf(run);
  return (
    <section className={classes.keychain} data-role="warning" data-cut-off aria-label={t('cutOff.title')}>
      <IconPlugX size={16} aria-hidden className={classes.icon} />
      <p className={classes.words}>
        <strong>{t('banner.title', { name })}</strong>{' '}
        {t('banner.text', { count: waiting, n: formatCount(waiting) })}
      </p>
      <Button size="compact-xs" variant="default" onClick={() => openRunTab(run)}>
        {t('show')}
      </Button>
    </section>
  );
}
