import { Button, Group, Text } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isolate } from '../../ui/isolate';
import { leaveArchive, useArchived } from './archive';
import classes from './History.module.css';
import { useHistoryView } from './view';

/** Says that an archive is looked at and not the history; nothing where it is the history. */
export function ArchiveStrip() {
  const { t } = useTranslation('journal');
  const archived = useArchived();
  const name = useHistoryView(({ archive }) => archive);
  if (!archived) return null;
  return (
    <Group gap="sm" wrap="nowrap" className={classes.strip} role="status" data-archive={name}>
      <IconArchive size={16} aria-hidden style={{ flex: 'none' }} />
      <Text size="sm" flex={1} style={{ overflowWrap: 'anywhere' }}>
        {t('archive.shown', { name: isolate(name) })}
      </Text>
      <Button size="compact-xs" variant="default" flex="none" onClick={leaveArchive}>
        {t('archive.leave')}
      </Button>
    </Group>
  );
}
