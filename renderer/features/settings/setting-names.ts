import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { useWorkspace } from '../../program/workspace';

/** What each setting is called, in the order in which they stand. */
export const settingNames = {
  language: 'language.label',
  theme: 'theme.label',
  density: 'density.label',
  size: 'size.label',
  keychain: 'keychain',
  authorities: 'authorities.label',
  lock: 'lock.label',
  busy: 'applying.busy',
  name: 'keeping.name',
  secrets: 'keeping.secrets',
  backups: 'keeping.backups',
  check: 'keeping.check',
  disk: 'keeping.disk',
  archive: 'keeping.archive',
  log: 'support.log',
  diagnostics: 'support.diagnostics',
  updates: 'updates.label',
  about: 'about',
  shortcuts: 'shortcuts',
} as const satisfies Readonly<Record<string, ParseKeys<'settings'>>>;
export type SettingId = keyof typeof settingNames;

const settingIds = Object.keys(settingNames).filter((id): id is SettingId => id in settingNames);

/** The setting that shall be gone to as soon as it is there. */
export const useWantedSetting = create<{ readonly wanted: SettingId | null }>(() => ({ wanted: null }));

/** Brings a setting to the front. */
export function openSetting(id: SettingId): void {
  useWantedSetting.setState({ wanted: id });
  useWorkspace.getState().open({ type: 'settings' });
}

/** Every setting with its name, for whoever searches them. */
export function useSettingNames(): readonly { readonly id: SettingId; readonly name: string }[] {
  const { t } = useTranslation('settings');
  return settingIds.map((id) => ({ id, name: t(settingNames[id]) }));
}
