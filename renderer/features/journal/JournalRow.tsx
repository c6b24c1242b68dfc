import { ActionIcon, Button } from '@mantine/core';
import {
  IconCertificate,
  IconCertificateOff,
  IconChevronDown,
  IconCopy,
  IconDatabaseImport,
  IconEye,
  IconFileExport,
  IconRoute,
  IconShieldQuestion,
  IconTableExport,
} from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { ofCollection } from '../../../shared/catalog';
import type { Connection } from '../../../shared/model/connection';
import type { JournalItem, JournalNote } from '../../../shared/model/journal';
import { formatCount } from '../../i18n';
import { ConnectionName } from '../../ui/ConnectionName';
import { DiffLine, FieldLabel } from '../../ui/DiffLine';
import layout from '../../ui/layout.module.css';
import { RecordId } from '../../ui/RecordId';
import { RecordLink } from '../../ui/RecordLink';
import { StatusMark } from '../../ui/StatusMark';
import { useArchived } from './archive';
import { exactMoment, exactTime } from './exact-moment';
import { JournalDetail } from './JournalDetail';
import classes from './JournalRow.module.css';
import { NoteWords } from './NoteWords';
import type { HistoryRequest } from './requests';
import { useDecide } from './use-decide';

/** One entry of the history; its detail below on demand. */
export const JournalRow = memo(function JournalRow({
  item,
  connection,
  open,
  onToggle,
  onAsk,
}: {
  item: JournalItem;
  /** Undefined where the connection is gone; its name is in the entry. */
  connection: Connection | undefined;
  open: boolean;
  onToggle: (seq: number) => void;
  onAsk: (request: HistoryRequest) => void;
}) {
  const { t } = useTranslation('journal');
  const decide = useDecide();
  const archived = useArchived();
  return (
    <div
      className={layout.listFrame}
      data-record={item.remoteId}
      data-seq={item.seq}
      data-outcome={item.outcome ?? item.type}
    >
      <div className={`${layout.listRow} ${classes.row}`}>
        <span className={`${layout.listCell} ${classes.whenCell}`}>
          <time
            className={classes.when}
            dateTime={new Date(item.at).toISOString()}
            title={exactMoment(item.at)}
          >
            {exactTime(item.at)}
          </time>
          <bdi className={classes.who}>{item.actor}</bdi>
        </span>
        <span className={classes.serverCell}>
          <ConnectionName connection={connection} fallback={item.connectionName} brief />
        </span>
        <span className={`${layout.listCell} ${classes.recordCell}`}>
          <RecordLink
            connectionId={item.connectionId}
            remoteId={item.remoteId}
            title={item.title}
            disabled={connection === undefined || item.remoteId === ''}
            whole
          />
          <RecordId id={item.remoteId} />
        </span>
        <span className={classes.whatCell}>
          <What item={item} />
          {item.outcome === 'unknown' && !archived ? (
            <Button
              size="compact-xs"
              variant="default"
              flex="none"
              loading={decide.busy}
              onClick={() => decide.run(item.seq)}
            >
              {t('decide')}
            </Button>
          ) : null}
        </span>
        <span className={classes.outcomeCell}>
          {item.type === 'write' ? <StatusMark mark={item.outcome ?? 'in-flight'} /> : null}
        </span>
        <ActionIcon
          className={classes.toggleCell}
          variant="subtle"
          color="gray"
          size={22}
          aria-label={t('detail.toggle', { title: item.title || exactMoment(item.at) })}
          aria-expanded={open}
          data-toggle
          onClick={() => onToggle(item.seq)}
        >
          <IconChevronDown size={14} className={layout.chevron} data-open={open} />
        </ActionIcon>
      </div>
      {open || decide.problem ? (
        <JournalDetail
          item={item}
          connectionGone={connection === undefined}
          decideProblem={decide.problem}
          onAsk={onAsk}
        />
      ) : null}
    </div>
  );
});

const noteIcons = {
  'history-accepted': IconShieldQuestion,
  restored: IconDatabaseImport,
  'credential-moved': IconRoute,
  'authority-added': IconCertificate,
  'authority-removed': IconCertificateOff,
  'secrets-exported': IconFileExport,
  'secrets-to-sheet': IconTableExport,
} as const satisfies Record<JournalNote['type'], typeof IconEye>;

/** So many fields are shown with their values; of more, their names, and the values in the detail. */
export const shownInFull = 3;

/** What the entry is about: its fields (many as a count), or a secret that was seen. */
function What({ item }: { item: JournalItem }) {
  const { t } = useTranslation('journal');
  const [first] = item.fields;
  if (item.note) {
    const Icon = noteIcons[item.note.type];
    return (
      <span className={classes.seen}>
        <Icon size={14} aria-hidden className={layout.mutedIcon} />
        <span className={layout.whole}>
          <NoteWords note={item.note} brief />
        </span>
      </span>
    );
  }
  if (item.type === 'unreadable') return <span className={layout.whole}>{t('unreadable')}</span>;
  if (item.type !== 'write') {
    const Icon = item.type === 'reveal' ? IconEye : IconCopy;
    return (
      <span className={classes.seen}>
        <Icon size={14} aria-hidden className={layout.mutedIcon} />
        <span className={layout.whole}>
          {first ? <FieldLabel of={ofCollection(item)} field={first.field} /> : null}{' '}
          {t(item.type === 'reveal' ? 'shownTo' : 'copiedBy')} <bdi>{item.actor}</bdi>
        </span>
      </span>
    );
  }
  if (item.fields.length > 0 && item.fields.length <= shownInFull) {
    return (
      <span className={layout.shrink}>
        {item.fields.map((one) => (
          <DiffLine
            key={one.field}
            of={ofCollection(item)}
            field={one.field}
            from={one.before}
            to={one.after}
          />
        ))}
      </span>
    );
  }
  return (
    <span className={layout.whole}>
      {t('fields', { count: item.fields.length, n: formatCount(item.fields.length) })}{' '}
      <span className={layout.muted}>
        {item.fields.map(({ field }, at) => (
          <span key={field}>
            {at > 0 ? t('listSeparator') : ''}
            <FieldLabel of={ofCollection(item)} field={field} />
          </span>
        ))}
      </span>
    </span>
  );
}
