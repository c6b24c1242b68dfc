import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../../shared/model/problem';
import { ask, patchbay } from '../../program/bridge';
import { queryClient } from '../../program/queries';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useAction } from '../../ui/useAction';
import { SettingRow } from './SettingRow';
import { StoredNumber } from './StoredNumber';

const key = ['apply', 'settings'] as const;

/** How often a write is sent again automatically after a busy answer. */
export function ApplySettings() {
  const { t } = useTranslation('settings');
  const { data, error } = useQuery({ queryKey: key, queryFn: () => ask(patchbay.apply.settings()) });
  const set = useAction({
    work: (resends: number) => ask(patchbay.apply.setSettings({ resends })),
    done: (stored) => queryClient.setQueryData(key, stored),
  });
  const failed = error ? problemOf(error) : set.problem;
  return (
    <SettingRow of="busy" help={t('applying.busyHelp')}>
      {failed ? <ProblemAlert problem={failed} /> : null}
      {data ? (
        <Group gap="sm" align="center">
          <Text size="sm">{t('applying.busyTimes')}</Text>
          <StoredNumber
            label={t('applying.busyTimes')}
            field="resends"
            stored={data.resends}
            min={0}
            max={10}
            onStore={(resends) => set.run(resends)}
          />
        </Group>
      ) : null}
    </SettingRow>
  );
}
