import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { windowSizes } from '../../../shared/model/workspace';
import { formatPercent } from '../../i18n';
import { useAppInfo } from '../../program/appInfo';
import { SettingRow } from './SettingRow';

/** How large everything in the window is shown. */
export function WindowSize() {
  const { t } = useTranslation('settings');
  const size = useAppInfo((info) => info.preferences.size);
  const setPreferences = useAppInfo((info) => info.setPreferences);
  return (
    <SettingRow of="size" help={t('size.help')}>
      <SegmentedControl
        aria-label={t('size.label')}
        data-field="size"
        value={String(size)}
        onChange={(chosen) => {
          const next = windowSizes.find((one) => String(one) === chosen);
          if (next !== undefined) void setPreferences({ size: next });
        }}
        data={windowSizes.map((one) => ({ value: String(one), label: formatPercent(one) }))}
      />
    </SettingRow>
  );
}
