import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import layout from '../../ui/layout.module.css';
import classes from './JournalRow.module.css';

/** As many rows as will come, with nothing in them yet: what is being read moves nothing when it arrives. */
export function PlaceholderRows({ count }: { count: number }) {
  const { t } = useTranslation('journal');
  return (
    <div role="status" aria-label={t('loading')}>
      {Array.from({ length: count }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without anything of their own
        <div key={at} className={layout.listFrame} aria-hidden>
          <div className={`${layout.listRow} ${classes.row}`}>
            {widths.map((width) => (
              <Skeleton key={width} h={10} w={`${width}%`} radius="sm" />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

const widths = [78, 64, 70, 52, 60, 58];
