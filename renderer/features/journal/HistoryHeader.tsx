import { ActionIcon, Button, Menu, Title } from '@mantine/core';
import {
  IconArchive,
  IconChevronDown,
  IconDots,
  IconDownload,
  IconLinkPlus,
  IconSearch,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalFilter } from '../../../shared/model/journal';
import { TextInput } from '../../ui/inputs';
import { useOpenArchive } from './archive';
import classes from './History.module.css';
import { narrow, useHistoryView } from './view';
import { exportHistory, useHistoryWork, verifyChain } from './work';

/** What the page is, the free text, and what can be done with all that is shown. */
export function HistoryHeader({ filter }: { filter: JournalFilter }) {
  const { t } = useTranslation('journal');
  const busy = useHistoryWork(({ going }) => going !== null);
  const opening = useOpenArchive();
  return (
    <header className={classes.header}>
      <Title order={1} fz="lg" fw={600}>
        {t('title')}
      </Title>
      <SearchText />
      <Menu withinPortal position="bottom-end" width={240}>
        <Menu.Target>
          <Button
            variant="default"
            disabled={busy}
            leftSection={<IconDownload size={14} />}
            rightSection={<IconChevronDown size={14} />}
          >
            {t('export.button')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('export.what')}</Menu.Label>
          <Menu.Item onClick={() => void exportHistory(filter, 'csv')}>{t('export.csv')}</Menu.Item>
          <Menu.Item onClick={() => void exportHistory(filter, 'jsonl')}>{t('export.jsonl')}</Menu.Item>
          <Menu.Item onClick={() => void exportHistory(filter, 'html', 'en')}>{t('export.htmlEn')}</Menu.Item>
          <Menu.Item onClick={() => void exportHistory(filter, 'html', 'fa')}>{t('export.htmlFa')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Menu withinPortal position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('menu')} title={t('menu')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconLinkPlus size={14} />}
            disabled={busy}
            onClick={() => void verifyChain()}
          >
            {t('verify.button')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArchive size={14} />}
            disabled={busy || opening.busy}
            onClick={() => opening.run()}
          >
            {t('archive.open')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}

/** Keeps its own text, so that typing shows at once however busy the list is. */
function SearchText() {
  const { t } = useTranslation('journal');
  const asked = useHistoryView(({ filter }) => filter.text);
  const [text, setText] = useState(asked);
  // Cleared, or set, from elsewhere.
  useEffect(() => setText(asked), [asked]);
  return (
    <TextInput
      className={classes.search}
      data-find
      aria-label={t('filter.text')}
      placeholder={t('filter.textPlaceholder')}
      leftSection={<IconSearch size={14} />}
      value={text}
      maxLength={200}
      onChange={(event) => {
        setText(event.currentTarget.value);
        narrow({ text: event.currentTarget.value });
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && text !== '') narrow({ text: '' });
      }}
    />
  );
}
