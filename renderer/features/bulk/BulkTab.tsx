import { Button, Loader, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { collectionOf } from '../../../shared/catalog';
import { type Connection, type ConnectionId, recordsOf } from '../../../shared/model/connection';
import type { BulkDraft } from '../../../shared/model/many';
import { problemOf } from '../../../shared/model/problem';

import { localised } from '../../i18n';
import { useBulkSession } from '../../program/bulk-session';
import { useConnection, useConnectionsKnown } from '../../program/connections';
import { useWorkspace } from '../../program/workspace';
import { EmptyState } from '../../ui/EmptyState';
import layout from '../../ui/layout.module.css';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { BulkFields } from './BulkFields';
import { BulkHeader } from './BulkHeader';
import { BulkResult } from './BulkResult';
import css from './bulk.module.css';
import { LiveCount } from './LiveCount';
import { useBulkDraft, useBulkPreview, useFollowRecords } from './useBulk';

/** Edits many records of a connection together: a rule for each field, and the result. */
export function BulkTab({ connectionId }: { connectionId: ConnectionId }) {
  const { t } = useTranslation('directory');
  const connection = useConnection(connectionId);
  const known = useConnectionsKnown();
  if (connection) return <Bulk connection={connection} />;
  return known ? <EmptyState title={t('gone.title')} advice={t('gone.advice')} /> : null;
}

function Bulk({ connection }: { connection: Connection }) {
  const { t } = useTranslation('bulk');
  const { data: draft, error } = useBulkDraft(connection.id);
  useFollowRecords(connection.id);
  if (draft) return <Edit connection={connection} draft={draft} />;
  if (error) {
    return (
      <div className={css.notice}>
        <ProblemAlert problem={problemOf(error)} />
      </div>
    );
  }
  if (draft === null) return <NothingYet connection={connection} />;
  return (
    <div className={css.notice}>
      <Loader size="sm" aria-label={t('opening')} />
    </div>
  );
}

function Edit({ connection, draft }: { connection: Connection; draft: BulkDraft }) {
  const { t } = useTranslation('bulk');
  const preview = useBulkPreview(connection.id, draft);
  const { prepared } = useBulkSession(connection.id);
  const wide = useMediaQuery('(min-width: 1180px)', true, { getInitialValueInEffect: false });
  const [side, setSide] = useState<'fields' | 'result'>('fields');
  const live = <LiveCount preview={preview} rules={draft.rules.length} />;
  return (
    <section className={layout.page} data-bulk={draft.records}>
      <BulkHeader connection={connection} draft={draft} />
      {wide ? null : (
        <div className={css.sides}>
          <SegmentedControl
            aria-label={t('sides')}
            data={[
              { value: 'fields', label: t('side.fields') },
              { value: 'result', label: t('side.result') },
            ]}
            value={side}
            onChange={(value) => setSide(value === 'result' ? 'result' : 'fields')}
          />
          {prepared ? null : live}
        </div>
      )}
      <div className={layout.body}>
        {wide || side === 'fields' ? <BulkFields connection={connection} draft={draft} /> : null}
        {wide || side === 'result' ? (
          <div className={css.result}>
            <BulkResult
              connection={connection}
              draft={draft}
              preview={preview}
              actions={wide ? live : null}
            />
          </div>
        ) : null}
      </div>
    </section>
  );
}

function NothingYet({ connection }: { connection: Connection }) {
  const { t } = useTranslation('bulk');
  const open = useWorkspace((state) => state.open);
  const nouns = localised(collectionOf(recordsOf(connection)).nouns);
  return (
    <EmptyState title={t('none.title')} advice={t('none.advice', { nouns, name: connection.name })}>
      <Button onClick={() => open({ type: 'directory', connectionId: connection.id })}>
        {t('none.open', { name: connection.name })}
      </Button>
    </EmptyState>
  );
}
