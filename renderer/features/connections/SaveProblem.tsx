import { Alert, Button, Group, Text } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../shared/model/problem';
import { useAppInfo } from '../../program/appInfo';
import { useKeychain } from '../../program/useKeychain';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { isKeychainProblem } from './useSave';

/** Why something was not saved, and the ways on: again, or with the credential in memory for this session only. */
export function SaveProblem({
  problem,
  saving,
  onAgain,
}: {
  problem: Problem;
  saving: boolean;
  onAgain: () => void;
}) {
  const { t } = useTranslation('connections');
  const { busy, retry, keepForSession } = useKeychain();
  const keychain = isKeychainProblem(problem);
  const again = async () => {
    if (keychain) await retry();
    onAgain();
  };
  const inMemory = async () => {
    if ((await keepForSession()) === 'session-only') onAgain();
  };
  return (
    <ProblemAlert problem={problem}>
      <Text size="sm" mt={4}>
        {t(keychain ? 'notSaved.credential' : 'notSaved.connection')}
      </Text>
      <Group gap="sm" mt="sm">
        <Button variant="default" loading={saving || busy === 'retry'} onClick={() => void again()}>
          {t('notSaved.again')}
        </Button>
        {keychain ? (
          <Button variant="default" loading={busy === 'session'} onClick={() => void inMemory()}>
            {t('notSaved.session')}
          </Button>
        ) : null}
      </Group>
    </ProblemAlert>
  );
}

/** Shown while saving waits for a keychain that may be asking its owner something behind this window. */
export function WaitingForKeychain({ onSession }: { onSession: () => void }) {
  const { t } = useTranslation('keychain');
  const waiting = useAppInfo((info) => info.keychain === 'waiting');
  const { busy, keepForSession } = useKeychain();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (waiting) box.current?.scrollIntoView({ block: 'nearest' });
  }, [waiting]);
  if (!waiting) return null;
  const inMemory = async () => {
    if ((await keepForSession()) === 'session-only') onSession();
  };
  return (
    <Alert
      ref={box}
      color="blue"
      variant="light"
      p="sm"
      icon={<IconHourglass size={18} />}
      title={t('waiting.title')}
    >
      <Text size="sm">{t('waiting.advice')}</Text>
      <Button mt="sm" variant="default" loading={busy === 'session'} onClick={() => void inMemory()}>
        {t('useSession')}
      </Button>
    </Alert>
  );
}
