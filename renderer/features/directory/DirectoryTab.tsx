import { Loader } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { collectionOf } from '../../../shared/catalog';
import { type Connection, type ConnectionId, recordsOf } from '../../../shared/model/connection';
import { localised } from '../../i18n';
import { useConnection, useConnectionsKnown, useSummaries } from '../../program/connections';
import { forgetSyncProblem, startSync, useSyncAsked, useSyncProblem } from '../../program/sync';
import { useWorkspace } from '../../program/workspace';
import { ConnectionButton } from '../../ui/ConnectionButton';
import { EmptyState } from '../../ui/EmptyState';
import layout from '../../ui/layout.module.css';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useColumnNames, useGridColumns } from './columns';
import { DirectoryGrid } from './DirectoryGrid';
import { DirectoryToolbar } from './DirectoryToolbar';
import css from './directory.module.css';
import { NothingFound } from './NothingFound';
import { changeQuestion, useDirectoryView } from './view';

/** A connection's directory: what was last synced, to look through and to open records from. */
export function DirectoryTab({ connectionId }: { connectionId: ConnectionId }) {
  const { t } = useTranslation('directory');
  const connection = useConnection(connectionId);
  const known = useConnectionsKnown();
  if (connection) return <Directory key={connectionId} connection={connection} />;
  if (!known) return null;
  return <EmptyState title={t('gone.title')} advice={t('gone.advice')} />;
}

function Directory({ connection }: { connection: Connection }) {
  const connectionId = connection.id;
  const collection = collectionOf(recordsOf(connection));
  const { catalog } = collection;
  const view = useDirectoryView(connectionId);
  const names = useColumnNames(connectionId, catalog);
  const columns = useGridColumns(connectionId, catalog, names);
  // Asked with every letter: the answer takes less than the next letter, and what was shown stays until it is there.
  const { text } = view;
  const query = useMemo(
    () => ({
      text,
      sort: view.sort,
      onlyChanged: view.onlyChanged,
      onlySelected: view.onlySelected,
      columns: names,
    }),
    [text, view.sort, view.onlyChanged, view.onlySelected, names],
  );
  const filter = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const problem = useSyncProblem(connectionId);
  const summary = useSummaries().find((one) => one.connectionId === connectionId);
  const open = useWorkspace((state) => state.open);

  /** Typing on the grid moves to the filter, including the first letter. */
  const typeOn = (letter: string) => {
    filter.current?.focus();
    changeQuestion(connectionId, { text: view.text + letter });
  };

  return (
    <section className={`${layout.page} ${css.narrowing}`}>
      <DirectoryToolbar
        connection={connection}
        catalog={catalog}
        columns={names}
        query={query}
        filterRef={filter}
        onIntoGrid={() => grid.current?.focus()}
      />
      {problem ? (
        <div className={css.problem}>
          <ProblemAlert
            problem={problem}
            cure={{ connectionId, again: () => void startSync(connectionId) }}
            onClose={() => forgetSyncProblem(connectionId)}
          />
        </div>
      ) : null}
      {summary && summary.syncedAt === null && summary.count === 0 ? (
        <NeverSynced connection={connection} />
      ) : (
        <DirectoryGrid
          nouns={localised(collection.nouns)}
          connection={connection}
          columns={columns}
          query={query}
          gridRef={grid}
          onTypeOn={typeOn}
          onOpen={(row) =>
            open({ type: 'editor', connectionId, remoteId: row.remoteId, title: row.title, page: null })
          }
          empty={
            <NothingFound connectionId={connectionId} collection={collection} all={summary?.count ?? 0} />
          }
        />
      )}
    </section>
  );
}

function NeverSynced({ connection }: { connection: Connection }) {
  const { t } = useTranslation('directory');
  const busy = useSyncAsked(connection.id);
  const nouns = localised(collectionOf(recordsOf(connection)).nouns);
  return (
    <EmptyState
      title={t('never.title', { name: connection.name })}
      advice={t('never.advice', { nouns })}
      icon={busy ? <Loader size="sm" /> : undefined}
    >
      <ConnectionButton
        connections={[connection]}
        disabled={busy}
        onClick={() => void startSync(connection.id)}
      >
        {t('syncFor', { name: connection.name })}
      </ConnectionButton>
    </EmptyState>
  );
}
