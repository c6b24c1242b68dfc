import { Alert, Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { collectionOf } from '../../../shared/catalog';
import type { Change } from '../../../shared/model/change';
import { type Connection, type ConnectionId, recordsOf } from '../../../shared/model/connection';
import { type Problem, problemOf } from '../../../shared/model/problem';
import { type Editor, EditorContext } from '../../fields/EditorContext';
import { leaveRecord, undoField, undoRecord } from '../../fields/saver';
import { saveStateOf, useFieldSaver } from '../../fields/useFieldSaver';
import { localised } from '../../i18n';
import { sayDone } from '../../program/actions';
import { useConnection, useConnectionsKnown } from '../../program/connections';
import { keys, queryClient } from '../../program/queries';
import type { RecordRef } from '../../program/record-query';
import { EmptyState } from '../../ui/EmptyState';
import layout from '../../ui/layout.module.css';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { openPlan } from '../workorders';
import { ChangesPanel } from './ChangesPanel';
import { EditorHeader } from './EditorHeader';
import { EditorMenu } from './EditorMenu';
import { EditorPages } from './EditorPages';
import css from './editor.module.css';
import { RecordHistory } from './RecordHistory';
import { useEditorKeys } from './useEditorKeys';
import { useGoTo } from './useGoTo';
import { useOwnTab } from './useOwnTab';
import { useRecordForm } from './useRecordForm';

interface Props {
  readonly connectionId: ConnectionId;
  readonly remoteId: string;
  /** The active catalog tab; null for the first. */
  readonly page: string | null;
  /** Which of the window's tabs this is. */
  readonly index: number;
}

/** The editor of one record: what is typed becomes a prepared change, and nothing is sent from here. */
export function EditorTab(props: Props) {
  const { t } = useTranslation('editor');
  const connection = useConnection(props.connectionId);
  const known = useConnectionsKnown();
  if (connection) return <RecordEditor {...props} connection={connection} />;
  return known ? <EmptyState title={t('gone.title')} advice={t('gone.advice')} /> : null;
}

function RecordEditor({
  connection,
  connectionId,
  remoteId,
  page,
  index,
}: Props & { connection: Connection }) {
  const { t } = useTranslation('editor');
  const record = useMemo((): RecordRef => ({ connectionId, remoteId }), [connectionId, remoteId]);
  const form = useRecordForm(connection, record);
  const saver = useFieldSaver(record);
  const saving = saveStateOf(form.drafts);
  const root = useRef<HTMLElement>(null);
  const wide = useMediaQuery('(min-width: 1100px)', true, { getInitialValueInEffect: false });
  const [panel, setPanel] = useState(false);
  const [undoProblem, setUndoProblem] = useState<Problem | null>(null);
  const { shown, setPage, title } = useOwnTab(index, form.record?.title ?? form.change?.title);
  const front = form.catalog.tabs.some((tab) => tab.id === page) ? page : null;
  const goTo = useGoTo(root, form.catalog, setPage);

  useEffect(() => {
    if (!shown) leaveRecord(record);
  }, [shown, record]);

  const undo = useCallback((work: Promise<void>) => {
    setUndoProblem(null);
    work.catch((error: unknown) => setUndoProblem(problemOf(error)));
  }, []);
  const editor = useMemo(
    (): Editor => ({
      connection,
      record,
      saver,
      shown,
      undo: (field) => undo(undoField(record, field)),
    }),
    [connection, record, saver, shown, undo],
  );

  const plan = async () => {
    if (!(await saver.flush())) return;
    const change = queryClient.getQueryData<Change | null>(keys.change(connectionId, remoteId));
    if (!change) return;
    const { id: changeId, workOrderId, title } = change;
    await openPlan({ workOrderId, connectionId, changeId, title });
  };
  const saveAll = async () => {
    if (await saver.flush()) sayDone(t('save.savedNow'));
  };
  useEditorKeys(root, form, {
    save: () => void saveAll(),
    plan: () => void plan(),
    setPage,
    goTo,
  });

  const side = (
    <>
      <ChangesPanel
        form={form}
        onGoTo={(field) => {
          setPanel(false);
          goTo(field);
        }}
      />
      <RecordHistory />
    </>
  );
  return (
    <EditorContext value={editor}>
      <section ref={root} className={css.editor} aria-label={title} data-editor={remoteId}>
        <EditorHeader
          title={title}
          connection={connection}
          edits={form.changed.length}
          saving={saving}
          onRetry={() => void saver.flush()}
          onUndoAll={() => undo(undoRecord(record))}
          onPlan={() => void plan()}
          onPanel={wide ? null : () => setPanel(true)}
          menu={<EditorMenu connection={connection} record={record} title={title} flush={saver.flush} />}
        />
        {form.vanished ? (
          <Said>
            <Alert color="yellow" p="sm" icon={<IconAlertTriangle size={18} />} title={t('vanished.title')}>
              {t('vanished.advice', { noun: localised(collectionOf(recordsOf(connection)).noun) })}
            </Alert>
          </Said>
        ) : form.problem ? (
          <Said>
            <ProblemAlert problem={form.problem} />
          </Said>
        ) : null}
        {saving.state === 'failed' && saving.problem ? (
          <Said>
            <ProblemAlert problem={saving.problem} />
          </Said>
        ) : null}
        {undoProblem ? (
          <Said>
            <ProblemAlert problem={undoProblem} onClose={() => setUndoProblem(null)} />
          </Said>
        ) : null}
        <div className={layout.body}>
          {form.ready ? (
            <EditorPages form={form} page={front ?? form.catalog.tabs[0]?.id ?? ''} onPage={setPage} />
          ) : (
            <div className={css.pages} />
          )}
          {wide ? <aside className={css.side}>{side}</aside> : null}
        </div>
        {wide ? null : (
          <Drawer
            opened={panel}
            onClose={() => setPanel(false)}
            position="right"
            size={320}
            title={<bdi>{title}</bdi>}
          >
            {side}
          </Drawer>
        )}
      </section>
    </EditorContext>
  );
}

/** Something to say over the form. */
function Said({ children }: { children: ReactNode }) {
  return <div className={css.said}>{children}</div>;
}
