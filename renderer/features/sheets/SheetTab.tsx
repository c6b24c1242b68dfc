import { useMediaQuery } from '@mantine/hooks';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { batchStatuses } from '../../../shared/model/batch';
import type { Connection, ConnectionId } from '../../../shared/model/connection';
import { formatCount } from '../../i18n';
import { useConnection, useConnectionsKnown } from '../../program/connections';
import { EmptyState } from '../../ui/EmptyState';
import layout from '../../ui/layout.module.css';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useOnScreenKeys } from '../../ui/useOnScreenKeys';
import type { Preview } from '../batches';
import { LiveCount } from '../bulk';
import { NoSheet } from './NoSheet';
import { SettingsLine } from './SettingsLine';
import { SheetHeader } from './SheetHeader';
import { SheetPreview } from './SheetPreview';
import { SheetSettingsPanel } from './SheetSettings';
import { changeSheet, useSheetSession } from './session';
import css from './sheets.module.css';
import { type SheetHand, useSheet, useSheetPreview } from './useSheet';

/** An imported spreadsheet: how it is read, and the result of each row before anything is prepared. */
export function SheetTab({ connectionId }: { connectionId: ConnectionId }) {
  const { t } = useTranslation('directory');
  const connection = useConnection(connectionId);
  const known = useConnectionsKnown();
  if (connection) return <Sheet connection={connection} />;
  return known ? <EmptyState title={t('gone.title')} advice={t('gone.advice')} /> : null;
}

function Sheet({ connection }: { connection: Connection }) {
  const root = useRef<HTMLElement>(null);
  const { sheet } = useSheetSession(connection.id);
  const hand = useSheet(connection.id);
  useOnScreenKeys(root, (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.code !== 'KeyV') return;
    // In a text field, paste works as usual.
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea')) return;
    event.preventDefault();
    hand.paste();
  });
  return (
    <section ref={root} className={layout.page} data-sheet={sheet?.rows ?? 'none'} data-first>
      {sheet ? (
        <Opened connection={connection} hand={hand} />
      ) : (
        <NoSheet connection={connection} hand={hand} />
      )}
    </section>
  );
}

function Opened({ connection, hand }: { connection: Connection; hand: SheetHand }) {
  const { sheet, settings, unfolded, prepared } = useSheetSession(connection.id);
  const preview = useSheetPreview(connection.id);
  const wide = useMediaQuery('(min-width: 1180px)', true, { getInitialValueInEffect: false });
  if (!sheet || !settings) return null;
  const seen = wide || !unfolded;
  return (
    <>
      <SheetHeader connection={connection} sheet={sheet} hand={hand} />
      <SettingsLine
        connection={connection}
        sheet={sheet}
        settings={settings}
        unfolded={unfolded}
        onUnfold={() => changeSheet(connection.id, { unfolded: !unfolded })}
      >
        {prepared || settings.key === null ? null : (
          <span className={css.live}>
            {seen ? null : <Counts preview={preview} />}
            <LiveCount preview={preview} rules={1} brief />
          </span>
        )}
      </SettingsLine>
      {hand.problem ? (
        <div className={css.notice}>
          <ProblemAlert problem={hand.problem} onClose={hand.forgetProblem} />
        </div>
      ) : null}
      <div className={layout.body}>
        {unfolded ? (
          <SheetSettingsPanel connection={connection} sheet={sheet} settings={settings} hand={hand} />
        ) : null}
        {seen ? (
          <div className={css.preview}>
            <SheetPreview connection={connection} sheet={sheet} preview={preview} />
          </div>
        ) : null}
      </div>
    </>
  );
}

/** The summary, while the preview is not on the screen. */
function Counts({ preview: { summary } }: { preview: Preview }) {
  const { t } = useTranslation('batches');
  if (!summary) return null;
  const there = batchStatuses.filter((status) => summary.counts[status] > 0);
  return (
    <>
      {there.map((status) => `${formatCount(summary.counts[status])} ${t(`status.${status}`)}`).join(' · ')}
    </>
  );
}
