import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { BulkDraft } from '../../../shared/model/many';
import { setPrepared, useBulkSession } from '../../program/bulk-session';
import { EmptyState } from '../../ui/EmptyState';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { BatchView, PreparedStep, type Preview } from '../batches';
import css from './bulk.module.css';

/** What the rules come to, row by row; after preparing, what was prepared and the ways on. */
export function BulkResult({
  connection,
  draft,
  preview,
  actions,
}: {
  connection: Connection;
  draft: BulkDraft;
  preview: Preview;
  /** Shown beside the button that prepares. */
  actions: ReactNode;
}) {
  const { t } = useTranslation('bulk');
  const { prepared } = useBulkSession(connection.id);
  if (prepared) {
    return (
      <PreparedStep
        connection={connection}
        step={prepared.step}
        left={prepared.left}
        on={t('prepared.on')}
        onBack={() => setPrepared(connection.id, null)}
      />
    );
  }
  if (draft.rules.length === 0) {
    return <EmptyState title={t('noRules.title')} advice={t('noRules.advice')} />;
  }
  if (preview.problem && !preview.working && preview.problem.code !== 'cancelled') {
    return (
      <div className={css.notice}>
        <ProblemAlert problem={preview.problem} />
      </div>
    );
  }
  if (!preview.summary) {
    return (
      <div className={css.waiting}>
        <Loader size="sm" aria-label={t('live.working')} />
      </div>
    );
  }
  return (
    <BatchView
      summary={preview.summary}
      reportOnly={false}
      actions={actions}
      stale={preview.working}
      onPrepared={(step, left) => setPrepared(connection.id, { step, left })}
    />
  );
}
