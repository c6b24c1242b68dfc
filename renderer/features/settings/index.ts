/** The settings. */
export { SettingsTab } from './SettingsTab';
