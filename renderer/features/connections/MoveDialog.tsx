import { Alert, Code, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Move, Place } from '../../../shared/model/connection';
import { problemOf } from '../../../shared/model/problem';
import { sayDone } from '../../program/actions';
import { ask, patchbay } from '../../program/bridge';
import { useConnection } from '../../program/connections';
import { FormDialog } from '../../ui/FormDialog';
import { isolate } from '../../ui/isolate';
import { Ltr } from '../../ui/Ltr';
import { askAboutMove, type MoveAsked, useMoveQuestion } from '../../ui/moveQuestion';
import { useAction } from '../../ui/useAction';
import classes from './ConnectionForm.module.css';

/** Asks whether kept credentials may go to another address or under another certificate, old beside new. */
export function MoveDialog() {
  const asked = useMoveQuestion((state) => state.asked);
  return asked ? <MoveQuestion key={asked.connectionId + (asked.to?.origin ?? '')} asked={asked} /> : null;
}

function MoveQuestion({ asked }: { asked: MoveAsked }) {
  const { t } = useTranslation('connections');
  const { connectionId } = asked;
  const name = useConnection(connectionId)?.name ?? '';
  const { data: move, error } = useQuery({
    queryKey: ['credentials', 'moved', connectionId, asked.to],
    queryFn: () => ask(patchbay.credentials.moved(asked)),
    // Read again each time: what is shown is what is confirmed.
    gcTime: 0,
  });
  const close = () => askAboutMove(null);
  const confirm = useAction({
    work: (shown: Move) => ask(patchbay.credentials.confirmMove({ connectionId, ...shown })),
    done: () => {
      sayDone(t('move.done', { name: isolate(name) }));
      close();
    },
  });
  return (
    <FormDialog
      title={t('move.title', { name })}
      confirm={move ? t('move.confirm') : undefined}
      cancel={t('cancel')}
      close={t('close')}
      action={{ busy: confirm.busy, problem: confirm.problem ?? (error ? problemOf(error) : null) }}
      onSubmit={() => move && confirm.run(move)}
      onClose={close}
      size={560}
      takesAway
      careful
      frame={{ zIndex: 300 }}
    >
      <Text size="sm">{t(move === null ? 'move.none' : 'move.why')}</Text>
      {move ? (
        <>
          <PlaceCard title={t('move.from')} place={move.from} which="from" />
          <PlaceCard title={t('move.to')} place={move.to} which="to" />
          <Warnings move={move} />
        </>
      ) : null}
    </FormDialog>
  );
}

function PlaceCard({ title, place, which }: { title: string; place: Place; which: keyof Move }) {
  const { t } = useTranslation('connections');
  return (
    <section className={classes.card} aria-label={title} data-move={which}>
      <Text fw={600} size="sm">
        {title}
      </Text>
      <Text size="sm">
        <Ltr>{place.origin}</Ltr>
      </Text>
      {place.certificate === null ? (
        <Text size="sm" c="dimmed">
          {t('move.noCertificate')}
        </Text>
      ) : (
        <Code block dir="ltr" fz={11} className={classes.fingerprint}>
          {place.certificate}
        </Code>
      )}
      {place.proxy === undefined ? null : (
        <Text size="sm">
          {t('move.proxy')} <Ltr>{place.proxy}</Ltr>
        </Text>
      )}
    </section>
  );
}

/** What the new place lacks that the old one had. */
function Warnings({ move: { from, to } }: { move: Move }) {
  const { t } = useTranslation('connections');
  const lost = [
    ...(to.origin.startsWith('http:') && !from.origin.startsWith('http:') ? (['move.plain'] as const) : []),
    ...(to.proxy !== undefined && to.proxy !== from.proxy ? (['move.reader'] as const) : []),
    ...(from.certificate !== null && to.certificate === null ? (['move.dropped'] as const) : []),
  ];
  return lost.map((key) => (
    <Alert key={key} color="red" variant="light" p="sm" icon={<IconAlertTriangle size={18} />}>
      {t(key)}
    </Alert>
  ));
}

/** After saving: where what is kept was kept for another place, the person is asked at once. */
export async function askIfMoved(connectionId: MoveAsked['connectionId']): Promise<void> {
  try {
    const asked = { connectionId, to: null };
    if (await ask(patchbay.credentials.moved(asked))) askAboutMove(asked);
  } catch {
    // A keychain that does not answer says so where the credentials are needed, and they are asked about there.
  }
}
