import { Group, ScrollArea, SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Preferences, preferencesSchema } from '../../../shared/model/workspace';
import { Ltr } from '../../ui/Ltr';
import { useAppInfo } from '../shell/appInfo';
import { KeepingSettings } from './KeepingSettings';
import { KeychainSetting } from './KeychainSetting';
import { SettingRow } from './SettingRow';
import classes from './Settings.module.css';

/** Language, theme, density, keychain, what is kept how long, and what this program is. Choices take effect at once. */
export function SettingsTab() {
  const { t } = useTranslation('settings');
  const { version, electron, platform, testRuntime } = useAppInfo();
  return (
    <ScrollArea h="100%" type="auto">
      <div className={classes.page}>
        <h1 className={classes.title}>{t('title')}</h1>
        <Choice name="language" options={preferencesSchema.shape.language.options} />
        <Choice name="theme" options={preferencesSchema.shape.theme.options} />
        <Choice name="density" options={preferencesSchema.shape.density.options} />
        <SettingRow label={t('keychain')}>
          <KeychainSetting />
        </SettingRow>
        <KeepingSettings />
        <SettingRow label={t('about')}>
          <Text size="md">
            <Ltr>Patchbay {version}</Ltr>
          </Text>
          <Text size="sm" c="dimmed">
            <Ltr>
              Electron {electron} · {platform}
            </Ltr>
          </Text>
          {testRuntime ? (
            <Text size="sm" c="var(--role-warning)" mt={4}>
              {t('testRuntime')}
            </Text>
          ) : null}
        </SettingRow>
        <SettingRow label={t('shortcuts.title')}>
          <Shortcuts />
        </SettingRow>
      </div>
    </ScrollArea>
  );
}

function Choice<N extends keyof Preferences>({
  name,
  options,
}: {
  name: N;
  options: readonly Preferences[N][];
}) {
  const { t } = useTranslation('settings');
  const value = useAppInfo((info) => info.preferences[name]);
  const setPreferences = useAppInfo((info) => info.setPreferences);
  return (
    <SettingRow label={t(`${name}.label`)} help={t(`${name}.help`)}>
      <SegmentedControl
        aria-label={t(`${name}.label`)}
        data-field={name}
        value={value}
        onChange={(chosen) => {
          const option = options.find((one) => one === chosen);
          if (option !== undefined) void setPreferences({ [name]: option });
        }}
        data={options.map((one) => ({ value: one, label: t(`${name}.${one}`) }))}
      />
    </SettingRow>
  );
}

const shortcuts = [
  ['search', 'Ctrl K'],
  ['next', 'Ctrl Tab'],
  ['previous', 'Ctrl Shift Tab'],
  ['nth', 'Ctrl 1 … 9'],
  ['close', 'Ctrl W'],
  ['select', 'Space'],
  ['extend', 'Shift ↑ ↓'],
  ['selectAll', 'Ctrl A'],
  ['clear', 'Esc'],
  ['menu', 'Shift F10'],
] as const;

function Shortcuts() {
  const { t } = useTranslation('settings');
  return (
    <dl className={classes.keys}>
      {shortcuts.map(([name, keys]) => (
        <Group key={name} gap="sm" wrap="nowrap">
          <dt>
            <Ltr>{keys}</Ltr>
          </dt>
          <dd>{t(`shortcuts.${name}`)}</dd>
        </Group>
      ))}
    </dl>
  );
}
