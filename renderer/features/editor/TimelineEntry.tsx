import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowsDiff,
  IconDots,
  IconExternalLink,
  IconHistory,
  IconStack2,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ofCollection } from '../../../shared/catalog';
import type { JournalItem } from '../../../shared/model/journal';
import { formatMoment } from '../../i18n';
import { CutText } from '../../ui/CutText';
import { DiffLine, FieldLabel } from '../../ui/DiffLine';
import { isolate } from '../../ui/isolate';
import { StatusMark } from '../../ui/StatusMark';
import { type HistoryRequest, hasWritten, openEntry } from '../journal';
import css from './editor.module.css';
import timeline from './Timeline.module.css';

/** One entry of the timeline: time, outcome, fields, and actions. */
export function TimelineEntry({
  item,
  onAsk,
}: {
  item: JournalItem;
  onAsk: (request: HistoryRequest) => void;
}) {
  const { t } = useTranslation(['editor', 'documents']);
  const moment = formatMoment(item.at);
  return (
    <li className={timeline.entry} data-seq={item.seq} data-outcome={item.outcome ?? item.type}>
      <div className={css.historyHead}>
        <time dateTime={new Date(item.at).toISOString()}>{moment}</time>
        <span className={timeline.mark}>
          {item.type === 'write' ? (
            <StatusMark mark={item.outcome ?? 'in-flight'} />
          ) : (
            <span>{t(`documents:type.${item.type}`)}</span>
          )}
          <EntryMenu item={item} label={t('history.actions', { moment: isolate(moment) })} onAsk={onAsk} />
        </span>
      </div>
      {item.fields.map(({ field, before, after }) =>
        item.type === 'write' ? (
          <DiffLine key={field} of={ofCollection(item)} field={field} from={before} to={after} />
        ) : (
          <FieldLabel key={field} of={ofCollection(item)} field={field} />
        ),
      )}
      <span className={timeline.who}>
        <CutText>{item.actor}</CutText>
      </span>
    </li>
  );
}

function EntryMenu({
  item,
  label,
  onAsk,
}: {
  item: JournalItem;
  label: string;
  onAsk: (request: HistoryRequest) => void;
}) {
  const { t } = useTranslation('journal');
  const ask = (type: HistoryRequest['type']) => () => onAsk({ type, item });
  const written = hasWritten(item);
  return (
    <Menu withinPortal position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={20} aria-label={label} title={label}>
          <IconDots size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {written ? (
          <>
            <Menu.Item leftSection={<IconArrowBackUp size={14} />} onClick={ask('revert')}>
              {t('action.revert')}
            </Menu.Item>
            {item.workOrderId === null ? null : (
              <Menu.Item leftSection={<IconStack2 size={14} />} onClick={ask('revert-order')}>
                {t('action.revertOrder')}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconHistory size={14} />} onClick={ask('revert-to')}>
              {t('action.revertTo')}
            </Menu.Item>
            <Menu.Item leftSection={<IconArrowsDiff size={14} />} onClick={ask('compare')}>
              {t('action.compare')}
            </Menu.Item>
          </>
        ) : null}
        <Menu.Item leftSection={<IconExternalLink size={14} />} onClick={() => openEntry(item)}>
          {t('action.openEntry')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
