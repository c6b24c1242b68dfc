import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n';
import { closeExportDialog } from '../../program/open-export';
import { Ltr } from '../../ui/Ltr';
import layout from '../../ui/layout.module.css';
import css from './sheets.module.css';

/** Says how much was written, and where. */
export function ExportDone({ path, rows }: { path: string; rows: number }) {
  const { t } = useTranslation('sheets');
  return (
    <Stack gap="md" data-exported={rows}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <IconCircleCheckFilled size={20} aria-hidden className={css.good} />
        <Stack gap={4}>
          <Text fw={600}>{t('export.done', { count: rows, formatted: formatCount(rows) })}</Text>
          <Text size="sm">{t('export.where')}</Text>
          <Text size="sm" className={layout.anywhere}>
            <Ltr>{path}</Ltr>
          </Text>
        </Stack>
      </Group>
      <Group justify="flex-end">
        <Button data-autofocus onClick={closeExportDialog}>
          {t('export.finish')}
        </Button>
      </Group>
    </Stack>
  );
}
