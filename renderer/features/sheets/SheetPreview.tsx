import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { catalogOf } from '../../../shared/catalog';
import { type Connection, recordsOf } from '../../../shared/model/connection';
import type { SheetView } from '../../../shared/model/sheet';
import { EmptyState } from '../../ui/EmptyState';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { BatchView, PreparedStep, type Preview } from '../batches';
import { useFieldName } from './field-name';
import { ProblemsButton } from './ProblemsButton';
import { changeSheet, useSheetSession } from './session';
import { keyFields } from './settings';
import css from './sheets.module.css';

/** What the rows come to; after preparing, what was prepared and the ways on. */
export function SheetPreview({
  connection,
  sheet,
  preview,
}: {
  connection: Connection;
  sheet: SheetView;
  preview: Preview;
}) {
  const { t } = useTranslation('sheets');
  const { prepared, settings } = useSheetSession(connection.id);
  const catalog = catalogOf(recordsOf(connection));
  const nameOf = useFieldName(catalog);
  const { summary, problem, working } = preview;
  if (prepared) {
    return (
      <PreparedStep
        connection={connection}
        step={prepared.step}
        left={prepared.left}
        on={t('back')}
        onBack={() =>
          changeSheet(connection.id, ({ revision }) => ({ prepared: null, revision: revision + 1 }))
        }
      />
    );
  }
  if (settings?.key === null) {
    const keys = keyFields(catalog).map(nameOf).join(t('or'));
    return <EmptyState title={t('noKeyTitle')} advice={t('noKey', { keys })} />;
  }
  if (problem && !working && problem.code !== 'cancelled') {
    return (
      <div className={css.notice}>
        <ProblemAlert problem={problem} />
      </div>
    );
  }
  if (!summary) {
    return (
      <div className={css.notice}>{working ? <Loader size="sm" aria-label={t('comparing')} /> : null}</div>
    );
  }
  return (
    <BatchView
      summary={summary}
      reportOnly={settings?.policy === 'report'}
      stale={working}
      actions={<ProblemsButton connection={connection} sheet={sheet} summary={summary} stale={working} />}
      onPrepared={(step, left) => changeSheet(connection.id, { prepared: { step, left } })}
    />
  );
}
