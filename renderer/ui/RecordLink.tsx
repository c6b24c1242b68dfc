import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConnectionId } from '../../shared/model/connection';
import { useWorkspace } from '../program/workspace';
import classes from './RecordLink.module.css';
import { RecordTitle } from './RecordTitle';
import { isolateTitle } from './title-parts';

/** A record's title that opens its editor. */
export function RecordLink({
  connectionId,
  remoteId,
  title,
  disabled = false,
  whole = false,
}: {
  connectionId: ConnectionId;
  /** Empty where the title is of no single record. */
  remoteId: string;
  title: string;
  /** The connection is gone: there is nothing to open. */
  disabled?: boolean;
  /** The title wraps instead of being cut. */
  whole?: boolean;
}) {
  const { t } = useTranslation('workorders');
  if (disabled || remoteId === '')
    return (
      <span className={classes.title} data-whole={whole || undefined} data-record-title>
        <RecordTitle title={title} whole={whole} />
      </span>
    );
  return (
    <UnstyledButton
      className={classes.link}
      data-whole={whole || undefined}
      data-record-title
      title={title}
      aria-label={t('openRecord', { title: isolateTitle(title) })}
      onClick={() =>
        useWorkspace.getState().open({ type: 'editor', connectionId, remoteId, title, page: null })
      }
    >
      <RecordTitle title={title} whole={whole} />
    </UnstyledButton>
  );
}
