import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionId } from '../../shared/model/connection';
import type { Problem } from '../../shared/model/problem';
import { ask, patchbay } from '../program/bridge';
import { editConnection } from '../program/edit-connection';
import { copyText } from './copy-text';
import { type Curable, curesOf } from './cures';
import { askAboutMove, moveIn } from './moveQuestion';
import { useProblemWords } from './problemWords';
import { useAction } from './useAction';

/** A problem in words: what it is, what to do, and what the server itself said, each in its own direction. */
export function ProblemAlert({
  problem,
  about,
  colour = 'red',
  compact = false,
  cure = {},
  children,
  onClose,
}: {
  problem: Problem;
  /** What it is about, where the place does not say so. */
  about?: string;
  colour?: 'red' | 'yellow';
  /** All of it in one paragraph, and what can be done beside it: where rows need the room. */
  compact?: boolean;
  /** What its cures need; each cure that is to be had is a button. */
  cure?: Curable;
  children?: ReactNode;
  onClose?: () => void;
}) {
  const { t } = useTranslation('problem');
  const { title, advice } = useProblemWords()(problem);
  const heading = about ? `${about}: ${title}` : title;
  if (compact) {
    return (
      <Alert color={colour} variant="light" py={4} px="sm" data-problem={problem.code}>
        <Group gap="4px 12px" justify="space-between">
          <Text size="sm" flex="1 1 240px">
            <strong>{heading}</strong> <bdi>{advice}</bdi>{' '}
            {problem.serverMessage ? (
              <Text span inherit c="dimmed">
                {t('serverSaid')} <bdi>{problem.serverMessage}</bdi>
              </Text>
            ) : null}
          </Text>
          <MoveButton problem={problem} />
          <Cures problem={problem} cure={cure} />
          {children}
        </Group>
      </Alert>
    );
  }
  return (
    <Alert
      color={colour}
      variant="light"
      p="sm"
      icon={<IconAlertTriangle size={18} />}
      title={heading}
      data-problem={problem.code}
      withCloseButton={onClose !== undefined}
      closeButtonLabel={t('close')}
      {...(onClose ? { onClose } : {})}
    >
      <Text size="sm">{advice}</Text>
      {problem.serverMessage ? (
        <Text size="sm" c="dimmed" mt={4}>
          {t('serverSaid')} <bdi>{problem.serverMessage}</bdi>
        </Text>
      ) : null}
      <MoveButton problem={problem} />
      <Cures problem={problem} cure={cure} />
      {children}
    </Alert>
  );
}

/** The way on where kept credentials would go elsewhere: both places, and the question. */
function MoveButton({ problem }: { problem: Problem }) {
  const { t } = useTranslation('problem');
  const asked = moveIn(problem);
  if (!asked) return null;
  return (
    <Button mt={4} size="compact-sm" variant="default" onClick={() => askAboutMove(asked)}>
      {t('lookAtMove')}
    </Button>
  );
}

/** What can be done about it, each as a button. */
function Cures({ problem, cure }: { problem: Problem; cure: Curable }) {
  const { t } = useTranslation('problem');
  const { connectionId, again } = cure;
  const cures = curesOf(problem, cure);
  if (cures.length === 0) return null;
  return (
    <Group gap="sm" mt={4}>
      {cures.map((one) =>
        one === 'address' && connectionId ? (
          <CopyAddress key={one} connectionId={connectionId} />
        ) : (
          <Button
            key={one}
            size="compact-sm"
            variant="default"
            data-cure={one}
            onClick={() => (one === 'edit' ? editConnection(connectionId ?? null) : again?.())}
          >
            {t(`cure.${one}`)}
          </Button>
        ),
      )}
    </Group>
  );
}

/** Copies the address that the server sees of this computer, and says which it was. */
function CopyAddress({ connectionId }: { connectionId: ConnectionId }) {
  const { t } = useTranslation('problem');
  const copy = useAction({
    work: async () => {
      const address = await ask(patchbay.connections.ownAddress({ connectionId }));
      return address !== null && (await copyText(address)) ? address : null;
    },
  });
  const { result } = copy;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        data-cure="address"
        loading={copy.busy}
        onClick={() => copy.run()}
      >
        {t('cure.address')}
      </Button>
      <Text size="sm" aria-live="polite">
        {result === undefined
          ? ''
          : result === null
            ? t('cure.noAddress')
            : t('cure.copied', { address: result })}
      </Text>
    </>
  );
}
