import { ScrollArea, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Preferences, preferencesSchema } from '../../../shared/model/workspace';
import { isKey } from '../../i18n';
import { useAppInfo } from '../../program/appInfo';
import layout from '../../ui/layout.module.css';
import { AboutSetting } from './AboutSetting';
import { ApplySettings } from './ApplySettings';
import { AuthoritiesSetting } from './AuthoritiesSetting';
import { KeepingSettings } from './KeepingSettings';
import { KeychainSetting } from './KeychainSetting';
import { LockSetting } from './LockSetting';
import { SettingRow } from './SettingRow';
import classes from './Settings.module.css';
import { ShortcutsSetting } from './ShortcutsSetting';
import { SupportSettings } from './SupportSettings';
import { UpdateSetting } from './UpdateSetting';
import { WindowSize } from './WindowSize';

/** Language, theme, density, keychain, what is kept how long, and what this program is. Choices take effect at once. */
export function SettingsTab() {
  const { t } = useTranslation('settings');
  return (
    <ScrollArea h="100%" type="auto">
      <div className={classes.page} data-first>
        <h1 className={layout.pageTitle}>{t('title')}</h1>
        <Choice name="language" options={preferencesSchema.shape.language.options} />
        <Choice name="theme" options={preferencesSchema.shape.theme.options} />
        <Choice name="density" options={preferencesSchema.shape.density.options} />
        <WindowSize />
        <SettingRow of="keychain">
          <KeychainSetting />
        </SettingRow>
        <AuthoritiesSetting />
        <LockSetting />
        <ApplySettings />
        <KeepingSettings />
        <SupportSettings />
        <UpdateSetting />
        <AboutSetting />
        <ShortcutsSetting />
      </div>
    </ScrollArea>
  );
}

/** What is one of a few. */
type Chosen = Exclude<keyof Preferences, 'shortcuts' | 'size'>;

function Choice<N extends Chosen>({ name, options }: { name: N; options: readonly Preferences[N][] }) {
  const { t } = useTranslation('settings');
  const value = useAppInfo((info) => info.preferences[name]);
  const setPreferences = useAppInfo((info) => info.setPreferences);
  const optionLabel = (option: string): string => {
    const key = `${name}.${option}`;
    return isKey('settings', key) ? t(key) : option;
  };
  return (
    <SettingRow of={name} help={t(`${name}.help`)}>
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
