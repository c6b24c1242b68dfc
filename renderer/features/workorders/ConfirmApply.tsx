import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconKeyOff, IconLockOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { PlanRow } from '../../../shared/model/plan';
import { formatCount } from '../../i18n';
import { pressed, useKeyWords } from '../../program/shortcuts';
import { ConnectionButton } from '../../ui/ConnectionButton';
import { ConnectionName } from '../../ui/ConnectionName';
import { Dialog } from '../../ui/FormDialog';
import { Ltr } from '../../ui/Ltr';
import classes from './ConfirmApply.module.css';
import planRow from './PlanRow.module.css';
import { type LeftBehind, serversOf, unreadableFields } from './plan-rows';
import { useWhere } from './where';

/** The last question before anything is written: which servers, how many changes, and what to know beforehand. */
export function ConfirmApply({
  opened,
  rows,
  left,
  connections,
  onClose,
  onConfirm,
}: {
  opened: boolean;
  rows: readonly PlanRow[];
  /** What of the plan is not written now, by why. */
  left: readonly (readonly [LeftBehind, number])[];
  connections: ReadonlyMap<string, Connection>;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const { t } = useTranslation('workorders');
  const where = useWhere(rows, connections);
  const keys = useKeyWords();
  const servers = serversOf(rows, connections);
  const plain = servers.some(([id]) => connections.get(id)?.baseUrl.startsWith('http:'));
  const unreadable = unreadableFields(rows, connections);
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={t('confirm.title')}
      close={t('ask.no')}
      size={520}
      // The keys that brought the question answer it too; the focus is on the button that writes nothing.
      onKeyDown={(event) => {
        if (event.repeat || !pressed(event.nativeEvent, 'apply')) return;
        event.preventDefault();
        onConfirm();
      }}
    >
      <Stack gap="md">
        <ul className={classes.servers}>
          {servers.map(([id, own]) => {
            const connection = connections.get(id);
            return (
              <li key={id}>
                <ConnectionName connection={connection} fallback={t('connectionGone')} />
                <span className={planRow.address}>
                  <Ltr>{connection?.baseUrl}</Ltr>
                </span>
                <span className={classes.serverCount}>
                  {t('changes', { count: own.length, n: formatCount(own.length) })}
                </span>
              </li>
            );
          })}
        </ul>
        {left.length > 0 ? <Stays left={left} /> : null}
        {plain ? (
          <Alert color="yellow" variant="light" p="sm" icon={<IconLockOpen size={18} />}>
            {t('confirm.plain')}
          </Alert>
        ) : null}
        {unreadable > 0 ? (
          <Alert color="yellow" variant="light" p="sm" icon={<IconKeyOff size={18} />}>
            {t('confirm.unreadable', { count: unreadable, n: formatCount(unreadable) })}
          </Alert>
        ) : null}
        <Text size="sm" c="dimmed">
          {t('confirm.how')}
        </Text>
        <div className={classes.confirm}>
          <Button variant="default" onClick={onClose} flex="none" data-autofocus>
            {t('ask.no')}
          </Button>
          <ConnectionButton connections={where.servers} title={keys('apply')} onClick={onConfirm}>
            {where.sentence}
          </ConnectionButton>
        </div>
      </Stack>
    </Dialog>
  );
}

/** What is in the plan and stays prepared: nobody shall think that it was written too. */
function Stays({ left }: { left: readonly (readonly [LeftBehind, number])[] }) {
  const { t } = useTranslation('workorders');
  const all = left.reduce((sum, [, count]) => sum + count, 0);
  const parts = left.map(([why, count]) => t(`stays.${why}`, { count, n: formatCount(count) }));
  return (
    <Text size="sm" data-stays={all}>
      {t('stays.sentence', { count: all, list: parts.join(t('listSeparator')) })}
    </Text>
  );
}
