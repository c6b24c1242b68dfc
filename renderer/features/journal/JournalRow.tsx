import { ActionIcon, Button } from '@mantine/core';
import {
  IconChevronDown,
  IconCopy,
  IconDatabaseImport,
  IconEye,
  IconFileExport,
  IconTableExport,
} from '@tabler/icons-react';
import { type KeyboardEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { JournalItem, JournalNote } from '../../../shared/model/journal';
import { formatCount } from '../../i18n';
import { ConnectionName } from '../../ui/ConnectionName';
import { DiffLine, FieldLabel } from '../../ui/DiffLine';
import { RecordLink } from '../../ui/RecordLink';
import { StatusMark } from '../../ui/StatusMark';
import { useArchived } from './archive';
import { exactMoment } from './exact-moment';
import classes from './History.module.css';
import { JournalDetail } from './JournalDetail';
import { NoteWords } from './NoteWords';
import type { HistoryRequest } from './requests';
import { useDecide } from './use-decide';

/** One entry of the history on one line; its detail below on demand. */
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
      className={classes.rowFrame}
      data-record={item.remoteId}
      data-seq={item.seq}
      data-outcome={item.outcome ?? item.type}
    >
      <div className={classes.row}>
        <span className={classes.when}>{exactMoment(item.at)}</span>
        <ConnectionName connection={connection} fallback={item.connectionName} brief />
        <RecordLink
          connectionId={item.connectionId}
          remoteId={item.remoteId}
          title={item.title}
          disabled={connection === undefined || item.remoteId === ''}
        />
        <span className={classes.what}>
          <What item={item} />
          {item.outcome === 'unknown' && !archived ? (
            <Button
              size="compact-xs"
              variant="default"
              flex="none"
              loading={decide.isPending}
              onClick={() => decide.mutate(item.seq)}
            >
              {t('decide')}
            </Button>
          ) : null}
        </span>
        {item.type === 'write' ? <StatusMark mark={item.outcome ?? 'in-flight'} /> : <span />}
        <bdi className={classes.who} title={item.actor}>
          {item.actor}
        </bdi>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={22}
          aria-label={t('detail.toggle', { title: item.title || exactMoment(item.at) })}
          aria-expanded={open}
          data-toggle
          onClick={() => onToggle(item.seq)}
          onKeyDown={toNeighbour}
        >
          <IconChevronDown size={14} className={classes.chevron} data-open={open} />
        </ActionIcon>
      </div>
      {open || decide.error ? (
        <JournalDetail
          item={item}
          connectionGone={connection === undefined}
          decideError={decide.error}
          onAsk={onAsk}
        />
      ) : null}
    </div>
  );
});

const noteIcons = {
  restored: IconDatabaseImport,
  'secrets-exported': IconFileExport,
  'secrets-to-sheet': IconTableExport,
} as const satisfies Record<JournalNote['type'], typeof IconEye>;

/** What the entry is about: one field in full, several by number, or a secret that somebody saw. */
function What({ item }: { item: JournalItem }) {
  const { t } = useTranslation('journal');
  const [first, ...others] = item.fields;
  if (item.note) {
    const Icon = noteIcons[item.note.type];
    return (
      <span className={classes.seen}>
        <Icon size={14} aria-hidden className={classes.icon} />
        <span className={classes.whatText}>
          <NoteWords note={item.note} brief />
        </span>
      </span>
    );
  }
  if (item.type !== 'write') {
    const Icon = item.type === 'reveal' ? IconEye : IconCopy;
    return (
      <span className={classes.seen}>
        <Icon size={14} aria-hidden className={classes.icon} />
        <span className={classes.whatText}>
          {first ? <FieldLabel kind={item.kind} field={first.field} /> : null}{' '}
          {t(item.type === 'reveal' ? 'shownTo' : 'copiedBy')} <bdi>{item.actor}</bdi>
        </span>
      </span>
    );
  }
  if (first && others.length === 0)
    return <DiffLine kind={item.kind} field={first.field} from={first.before} to={first.after} />;
  return (
    <span className={classes.whatText}>
      {t('fields', { count: item.fields.length, n: formatCount(item.fields.length) })}{' '}
      <span className={classes.quiet}>
        {item.fields.map(({ field }, at) => (
          <span key={field}>
            {at > 0 ? t('listSeparator') : ''}
            <FieldLabel kind={item.kind} field={field} />
          </span>
        ))}
      </span>
    </span>
  );
}

/** Arrow keys go from one entry's button to the next one's. */
function toNeighbour(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const all = [
    ...(event.currentTarget.closest('section')?.querySelectorAll<HTMLElement>('[data-toggle]') ?? []),
  ];
  // The rows drawn do not always stand in the document as they do on the screen.
  all.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
  const next = all[all.indexOf(event.currentTarget) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
