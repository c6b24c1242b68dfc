/** The settings, and the way to one of them. */
export { SettingsTab } from './SettingsTab';
export { openSetting, useSettingNames } from './setting-names';
