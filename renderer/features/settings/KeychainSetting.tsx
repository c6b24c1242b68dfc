import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAppInfo } from '../../program/appInfo';
import { useKeychain } from '../../program/useKeychain';

/** Where credentials are kept now, and asking the keychain again where it is not to be had. */
export function KeychainSetting() {
  const { t } = useTranslation('keychain');
  const state = useAppInfo((info) => info.keychain);
  const { busy, retry, keepForSession } = useKeychain();
  const settled = state === 'ready' || state === 'session-only';
  return (
    <>
      <Text size="md" fw={500} data-keychain={state}>
        {t(`${state}.title`)}
      </Text>
      <Text size="sm" c="dimmed">
        {t(`${state}.advice`)}
      </Text>
      {state === 'ready' ? null : (
        <Group gap="sm" mt="sm">
          <Button variant="default" loading={busy === 'retry'} onClick={() => void retry()}>
            {t('retry')}
          </Button>
          {settled ? null : (
            <Button variant="default" loading={busy === 'session'} onClick={() => void keepForSession()}>
              {t('useSession')}
            </Button>
          )}
        </Group>
      )}
    </>
  );
}
