import { notifications } from '@mantine/notifications';
import { IconCheck, IconInfoSmall } from '@tabler/icons-react';
import i18next from 'i18next';
import type { Connection, ConnectionDraft } from '../../shared/model/connection';
import { type Problem, problemOf } from '../../shared/model/problem';
import { formatCount } from '../i18n';
import type { Curable } from '../ui/cures';
import { isolate } from '../ui/isolate';
import { ProblemAlert } from '../ui/ProblemAlert';
import { ask, patchbay } from './bridge';
import { startSync } from './sync';
import { useWorkspace } from './workspace';

/** Says that something went well, in passing. */
export function sayDone(message: string): void {
  notifications.show({
    message: said(message),
    color: 'green',
    icon: <IconCheck size={14} />,
    autoClose: 4_000,
    ...closable(),
  });
}

/** Says something worth knowing that is neither good nor wrong, in passing. */
export function sayNote(message: string): void {
  notifications.show({
    message: said(message),
    color: 'blue',
    icon: <IconInfoSmall size={18} />,
    autoClose: 6_000,
    ...closable(),
  });
}

/** It stands for a while, maybe in a window that has another language by then. */
function said(message: string) {
  return <div dir={i18next.dir()}>{message}</div>;
}

function closable() {
  return { closeButtonProps: { 'aria-label': i18next.t('shell:done.close') } };
}

/** Shows a problem of something that was started where no place of its own could show it. It stays until closed. */
export function sayProblem(id: string, about: string, problem: Problem, cure: Curable = {}): void {
  notifications.hide(id);
  notifications.show({
    id,
    message: (
      <ProblemAlert problem={problem} about={about} cure={cure} onClose={() => notifications.hide(id)} />
    ),
    className: 'bare-notification',
    withCloseButton: false,
    autoClose: false,
  });
}

/**
 * Reads a connection's records anew; says what came of it. What went wrong stands in the directory's tab too, and only
 * there while that is in front.
 */
export async function syncConnection(connection: Pick<Connection, 'id' | 'name'>): Promise<void> {
  const { id, name } = connection;
  const notice = `sync ${id}`;
  notifications.hide(notice);
  const came = await startSync(id);
  if (!came) return;
  if ('summary' in came) {
    const { count } = came.summary;
    sayDone(i18next.t('shell:done.synced', { name: isolate(name), count, shown: formatCount(count) }));
    return;
  }
  const { tabs, active } = useWorkspace.getState();
  const front = tabs[active];
  if (front?.type === 'directory' && front.connectionId === id) return;
  sayProblem(notice, i18next.t('shell:done.notSynced', { name: isolate(name) }), came.problem, {
    connectionId: id,
    again: () => void syncConnection(connection),
  });
}

/** Tests a saved connection with its stored credentials; says what came of it. */
export async function testConnection(connection: Connection): Promise<void> {
  const { id, name } = connection;
  const notice = `test ${id}`;
  const cure: Curable = { connectionId: id, again: () => void testConnection(connection) };
  try {
    const input = { draft: draftOf(connection), connectionId: id, credentials: {} };
    const report = await ask(patchbay.connections.test(input));
    notifications.hide(notice);
    if (report.ok) sayDone(i18next.t('shell:done.tested', { name: isolate(name) }));
    else if (report.problem) sayProblem(notice, isolate(name), report.problem, cure);
  } catch (error) {
    sayProblem(notice, isolate(name), problemOf(error), cure);
  }
}

/** What a person fills in about a connection, without what the program keeps about it. */
export function draftOf(connection: Connection): ConnectionDraft {
  const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...draft } = connection;
  return draft;
}
