import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconClipboardText, IconFileSpreadsheet, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { SheetView } from '../../../shared/model/sheet';
import { formatCount } from '../../i18n';
import { ConnectionName } from '../../ui/ConnectionName';
import { textDirection } from '../../ui/isolate';
import layout from '../../ui/layout.module.css';
import { SeenText } from '../../ui/SeenText';
import { TabHeader } from '../../ui/TabHeader';
import { Reading } from './Reading';
import css from './sheets.module.css';
import { formatBytes } from './size';
import type { SheetHand } from './useSheet';

/** Which file this is and how large, for which connection, and the ways to another. */
export function SheetHeader({
  connection,
  sheet,
  hand,
}: {
  connection: Connection;
  sheet: SheetView;
  hand: SheetHand;
}) {
  const { t } = useTranslation('sheets');
  const name = sheet.name || t('pasted');
  return (
    <TabHeader connection={connection}>
      <h2 className={css.heading} title={name} dir={textDirection(name)}>
        <bdi>
          <SeenText>{name}</SeenText>
        </bdi>
      </h2>
      <span className={css.size}>
        <bdi>{formatBytes(sheet.bytes)}</bdi> ·{' '}
        <bdi>{t('rows', { count: sheet.rows, formatted: formatCount(sheet.rows) })}</bdi>
      </span>
      <ConnectionName connection={connection} />
      <span className={layout.push} />
      {hand.busy ? <Reading hand={hand} /> : null}
      <Button
        flex="none"
        variant="default"
        leftSection={<IconFileSpreadsheet size={14} />}
        disabled={hand.busy}
        onClick={hand.open}
      >
        {t('open')}
      </Button>
      <Tooltip label={t('pasteKey')}>
        <Button
          flex="none"
          variant="default"
          leftSection={<IconClipboardText size={14} />}
          disabled={hand.busy}
          onClick={hand.paste}
        >
          {t('paste')}
        </Button>
      </Tooltip>
      <Tooltip label={t('close')}>
        <ActionIcon
          flex="none"
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('close')}
          onClick={hand.close}
        >
          <IconX size={16} />
        </ActionIcon>
      </Tooltip>
    </TabHeader>
  );
}
