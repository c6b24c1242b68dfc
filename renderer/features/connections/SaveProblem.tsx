import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../shared/model/problem';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useKeychain } from '../shell/useKeychain';
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
