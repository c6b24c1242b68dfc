import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../../shared/model/problem';
import { ask, patchbay } from '../../program/bridge';
import { queryClient } from '../../program/queries';
import { TextInput } from '../../ui/inputs';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useAction } from '../../ui/useAction';
import { SettingRow } from './SettingRow';
import { UpdateFound } from './UpdateFound';

const key = ['about', 'feed'] as const;

/** Where updates are looked for, if anywhere, and a manual check. */
export function UpdateSetting() {
  const { t } = useTranslation('settings');
  const { data, error } = useQuery({ queryKey: key, queryFn: () => ask(patchbay.about.feed()) });
  const [typed, setTyped] = useState('');
  useEffect(() => setTyped(data?.feed ?? ''), [data?.feed]);
  const check = useAction({ work: () => ask(patchbay.about.check()) });
  const set = useAction({
    work: (feed: string) => ask(patchbay.about.setFeed({ feed: feed.trim() === '' ? null : feed })),
    done: (stored) => {
      check.forget();
      queryClient.setQueryData(key, stored);
    },
  });
  const unread = error ? problemOf(error) : null;
  if (!data) return unread ? <ProblemAlert problem={unread} /> : null;
  const failed = unread ?? set.problem ?? check.problem;
  return (
    <SettingRow of="updates" help={t('updates.help')}>
      <Stack gap="sm">
        <TextInput
          label={t('updates.feed')}
          description={t('updates.feedHelp')}
          data-field="feed"
          dir="ltr"
          value={typed}
          maxLength={1_000}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group gap="sm">
          <Button
            variant="default"
            loading={set.busy}
            disabled={typed.trim() === (data.feed ?? '')}
            onClick={() => set.run(typed)}
          >
            {t('updates.save')}
          </Button>
          <Button
            variant="default"
            loading={check.busy}
            disabled={data.feed === null}
            onClick={() => check.run()}
          >
            {t('updates.check')}
          </Button>
        </Group>
        <Text size="sm" c="dimmed" role="status" mih={18}>
          {data.feed === null ? t('updates.off') : set.succeeded ? t('updates.saved') : ''}
        </Text>
        {failed ? <ProblemAlert problem={failed} /> : null}
        {check.result ? <UpdateFound update={check.result} /> : null}
      </Stack>
    </SettingRow>
  );
}
