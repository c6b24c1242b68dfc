import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowsDiff, IconCopyCheck, IconDots, IconServer2, IconTemplate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { catalogOf } from '../../../shared/catalog';
import { keyFields } from '../../../shared/catalog/identity';
import { type Connection, recordsOf } from '../../../shared/model/connection';
import { sayNote, sayProblem } from '../../program/actions';
import { ask, patchbay } from '../../program/bridge';
import { useConnections } from '../../program/connections';
import type { RecordRef } from '../../program/record-query';
import { isolateTitle } from '../../ui/title-parts';
import { useAction } from '../../ui/useAction';
import { mostCompared, openCompare } from '../compare';
import { openCopySettings, openManyDialog } from '../templates';

/** What can be done with a record beside editing it: keep it as a template, copy it, lay it beside others. */
export function EditorMenu({
  connection,
  record,
  title,
  flush,
}: {
  connection: Connection;
  record: RecordRef;
  title: string;
  /** Stores what is typed; what is done next shall see it. */
  flush: () => Promise<boolean>;
}) {
  const { t } = useTranslation('templates');
  const { connectionId, remoteId } = record;
  const item = { connectionId, remoteId };
  const others = useConnections().some(({ id, kind }) => kind === connection.kind && id !== connectionId);
  const hasKey = keyFields(catalogOf(recordsOf(connection))).length > 0;
  const then = (work: () => void) => () => void flush().then((stored) => stored && work());
  const alike = useAction({
    work: () => ask(patchbay.compare.alike(item)),
    done: (found) => {
      if (found.length === 0) sayNote(t('editor.noneAlike', { title: isolateTitle(title) }));
      else openCompare([item, ...found].slice(0, mostCompared));
    },
    failed: (problem) => sayProblem(`alike ${remoteId}`, title, problem),
  });
  return (
    <Menu withinPortal position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t('editor.menu', { title: isolateTitle(title) })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCopyCheck size={14} />} onClick={then(() => openCopySettings(item))}>
          {t('copy.menu')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTemplate size={14} />}
          onClick={then(() => openManyDialog({ type: 'save-record', record: item }))}
        >
          {t('editor.save')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconArrowsDiff size={14} />} onClick={then(() => openCompare([item]))}>
          {t('editor.compare')}
        </Menu.Item>
        {others && hasKey ? (
          <Menu.Item leftSection={<IconServer2 size={14} />} onClick={then(alike.run)}>
            {t('editor.alike')}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
