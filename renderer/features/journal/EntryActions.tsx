import { Button, Group } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowsDiff,
  IconExternalLink,
  IconFilter,
  IconHistory,
  IconStack2,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalItem } from '../../../shared/model/journal';
import { useWorkspace } from '../../program/workspace';
import { useArchived } from './archive';
import classes from './History.module.css';
import { type HistoryRequest, hasWritten } from './requests';
import { narrow, narrowToRecord } from './view';

/** What can be done with an entry. Taking back only prepares changes; each asks in a dialog first. */
export function EntryActions({
  item,
  connectionGone,
  onAsk,
}: {
  item: JournalItem;
  connectionGone: boolean;
  onAsk: (request: HistoryRequest) => void;
}) {
  const { t } = useTranslation('journal');
  const { connectionId, remoteId, title, workOrderId } = item;
  const archived = useArchived();
  // What lies in an archive is only read.
  const written = hasWritten(item) && !archived;
  const ask = (type: HistoryRequest['type']) => () => onAsk({ type, item });
  return (
    <Group gap={6} className={classes.actions} role="group" aria-label={t('action.label')}>
      {written ? (
        <Action icon={<IconArrowBackUp size={14} />} onClick={ask('revert')}>
          {t('action.revert')}
        </Action>
      ) : null}
      {written && workOrderId !== null ? (
        <Action icon={<IconStack2 size={14} />} onClick={ask('revert-order')}>
          {t('action.revertOrder')}
        </Action>
      ) : null}
      {written ? (
        <Action icon={<IconHistory size={14} />} onClick={ask('revert-to')}>
          {t('action.revertTo')}
        </Action>
      ) : null}
      {written ? (
        <Action icon={<IconArrowsDiff size={14} />} onClick={ask('compare')}>
          {t('action.compare')}
        </Action>
      ) : null}
      {connectionGone || remoteId === '' ? null : (
        <Action
          icon={<IconExternalLink size={14} />}
          onClick={() =>
            useWorkspace.getState().open({ type: 'editor', connectionId, remoteId, title, page: null })
          }
        >
          {t('action.open')}
        </Action>
      )}
      {remoteId === '' ? null : (
        <Action icon={<IconFilter size={14} />} onClick={() => narrowToRecord(item)}>
          {t('action.onlyRecord')}
        </Action>
      )}
      {workOrderId === null ? null : (
        <Action icon={<IconFilter size={14} />} onClick={() => narrow({ workOrderId }, { upTo: null })}>
          {t('action.onlyOrder')}
        </Action>
      )}
    </Group>
  );
}

function Action({ icon, onClick, children }: { icon: ReactNode; onClick: () => void; children: ReactNode }) {
  return (
    <Button size="compact-xs" variant="default" leftSection={icon} onClick={onClick}>
      {children}
    </Button>
  );
}
