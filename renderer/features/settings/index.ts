import { lazy } from 'react';

/** The settings; loaded when they are opened. */
export const SettingsTab = lazy(async () => ({ default: (await import('./SettingsTab')).SettingsTab }));
