/** Language, theme, density, keychain, and what this program is. */
export function SettingsTab() {
  return null;
}
