import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import icon from '../../../resources/icon.svg?inline';
import { useAppInfo } from '../../program/appInfo';
import { Ltr } from '../../ui/Ltr';
import { LicencesDialog } from './LicencesDialog';
import { SettingRow } from './SettingRow';

/** What this program is, and what it is made of. */
export function AboutSetting() {
  const { t } = useTranslation('settings');
  const { version, electron, platform, testRuntime } = useAppInfo();
  const [opened, setOpened] = useState(false);
  return (
    <SettingRow of="about" help={t('aboutBox.licencesHelp')}>
      <Group gap="md" wrap="nowrap" align="center">
        <img src={icon} alt="" width={48} height={48} />
        <div>
          <Text size="md" fw={500}>
            <Ltr>Patchbay {version}</Ltr>
          </Text>
          <Text size="sm" c="dimmed">
            <Ltr>
              Electron {electron} · {platform}
            </Ltr>
          </Text>
        </div>
      </Group>
      {testRuntime ? (
        <Text size="sm" c="var(--role-warning)" mt={4}>
          {t('testRuntime')}
        </Text>
      ) : null}
      <Text size="sm" mt="xs">
        {t('aboutBox.licence')}
      </Text>
      <Button variant="default" mt="xs" onClick={() => setOpened(true)}>
        {t('aboutBox.licences')}
      </Button>
      <LicencesDialog opened={opened} onClose={() => setOpened(false)} />
    </SettingRow>
  );
}
