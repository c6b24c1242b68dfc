import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TransferPreview } from '../../../../shared/transfer';
import { formatMoment } from '../../../i18n';
import { Ltr } from '../../../ui/Ltr';
import { SeenText } from '../../../ui/SeenText';
import classes from './transfer.module.css';

/** Which work order the file holds, for whom, and when and by whom it was written. */
export function FileHeader({ header, fileName }: Pick<TransferPreview, 'header' | 'fileName'>) {
  const { t } = useTranslation('transfer');
  const facts = [
    { label: t('file.customer'), value: header.customer },
    { label: t('file.ticket'), value: header.ticket },
    { label: t('file.note'), value: header.note },
  ].filter(({ value }) => value !== '');
  return (
    <div>
      <Title order={2} fz="lg" fw={600}>
        <Ltr>{`WO-${header.number}`}</Ltr>{' '}
        <bdi>
          <SeenText>{header.name}</SeenText>
        </bdi>
      </Title>
      <Text size="sm" c="dimmed">
        {t('file.written', { moment: formatMoment(Date.parse(header.writtenAt)) })} <Ltr>{header.actor}</Ltr>{' '}
        ·{' '}
        <bdi>
          <SeenText>{fileName}</SeenText>
        </bdi>
      </Text>
      {facts.length > 0 ? (
        <dl className={classes.facts}>
          {facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  );
}
