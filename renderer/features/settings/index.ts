import { lazy } from 'react';

/** The settings; loaded when they are opened. And the way to one of them. */
export const SettingsTab = lazy(async () => ({ default: (await import('./SettingsTab')).SettingsTab }));
export { openSetting, useSettingNames } from './setting-names';
