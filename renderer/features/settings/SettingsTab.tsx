import { Group, ScrollArea, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Preferences, preferencesSchema } from '../../../shared/model/workspace';
import { isKey } from '../../i18n';
import { useAppInfo } from '../../program/appInfo';
import { Ltr } from '../../ui/Ltr';
import layout from '../../ui/layout.module.css';
import { AboutSetting } from './AboutSetting';
import { ApplySettings } from './ApplySettings';
import { AuthoritiesSetting } from './AuthoritiesSetting';
import { KeepingSettings } from './KeepingSettings';
import { KeychainSetting } from './KeychainSetting';
import { LockSetting } from './LockSetting';
import { SettingRow } from './SettingRow';
import classes from './Settings.module.css';
import { SupportSettings } from './SupportSettings';
import { UpdateSetting } from './UpdateSetting';
import { WindowSize } from './WindowSize';

/** Language, theme, density, keychain, what is kept how long, and what this program is. Choices take effect at once. */
export function SettingsTab() {
  const { t } = useTranslation('settings');
  return (
    <ScrollArea h="100%" type="auto">
      <div className={classes.page}>
        <h1 className={layout.pageTitle}>{t('title')}</h1>
        <Choice name="language" options={preferencesSchema.shape.language.options} />
        <Choice name="theme" options={preferencesSchema.shape.theme.options} />
        <Choice name="density" options={preferencesSchema.shape.density.options} />
        <WindowSize />
        <SettingRow label={t('keychain')}>
          <KeychainSetting />
        </SettingRow>
        <AuthoritiesSetting />
        <LockSetting />
        <ApplySettings />
        <KeepingSettings />
        <SupportSettings />
        <UpdateSetting />
        <AboutSetting />
        <SettingRow label={t('shortcuts.title')}>
          <Shortcuts />
        </SettingRow>
      </div>
    </ScrollArea>
  );
}

function Choice<N extends 'language' | 'theme' | 'density'>({
  name,
  options,
}: {
  name: N;
  options: readonly Preferences[N][];
}) {
  const { t } = useTranslation('settings');
  const value = useAppInfo((info) => info.preferences[name]);
  const setPreferences = useAppInfo((info) => info.setPreferences);
  const optionLabel = (option: string): string => {
    const key = `${name}.${option}`;
    return isKey('settings', key) ? t(key) : option;
  };
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
        data={options.map((one) => ({ value: one, label: optionLabel(one) }))}
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
  ['lock', 'Ctrl L'],
  ['larger', 'Ctrl +'],
  ['smaller', 'Ctrl −'],
  ['usualSize', 'Ctrl 0'],
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
