import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { seal } from '../../../shared/lib/envelope';
import { type LockAfter, lockAfterSchema, shortestLockPassphrase } from '../../../shared/model/lock';
import { formatCount } from '../../i18n';
import { useAppInfo } from '../../program/appInfo';
import { ask, patchbay } from '../../program/bridge';
import { queryClient } from '../../program/queries';
import { PasswordInput } from '../../ui/inputs';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useAction } from '../../ui/useAction';
import { SettingRow } from './SettingRow';

const key = ['lock', 'settings'] as const;
const choices: readonly LockAfter[] = [0, 5, 15, 60];

/** The passphrase that unlocks the window, and when it locks automatically. */
export function LockSetting() {
  const { t } = useTranslation('settings');
  const envelopeKey = useAppInfo((info) => info.envelopeKey);
  const [next, setNext] = useState('');
  const [current, setCurrent] = useState('');
  const { data } = useQuery({ queryKey: key, queryFn: () => ask(patchbay.lock.settings()) });
  const keep = (settings: unknown) => queryClient.setQueryData(key, settings);
  const after = useAction({
    work: (afterMinutes: LockAfter) => ask(patchbay.lock.set({ afterMinutes })),
    done: keep,
  });
  const phrase = useAction({
    work: async (typed: string | null) => {
      const sealed = (text: string) => seal(crypto, envelopeKey, text);
      const passphrase = typed === null ? null : await sealed(typed);
      const now = current === '' ? null : await sealed(current);
      return ask(patchbay.lock.setPassphrase({ passphrase, current: now }));
    },
    done: keep,
    settled: () => {
      setNext('');
      setCurrent('');
    },
  });
  const failed = phrase.problem ?? after.problem;
  if (!data) return null;
  return (
    <SettingRow of="lock" help={t('lock.help')}>
      <Stack gap="sm" maw={360} data-lock-set={data.set}>
        {data.set ? (
          <PasswordInput
            label={t('lock.current')}
            value={current}
            autoComplete="off"
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
        ) : null}
        <PasswordInput
          label={t('lock.next')}
          description={t('lock.least', { n: formatCount(shortestLockPassphrase) })}
          value={next}
          autoComplete="off"
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <Group gap="sm">
          <Button
            variant="default"
            loading={phrase.busy}
            disabled={next === ''}
            onClick={() => phrase.run(next)}
          >
            {t('lock.set')}
          </Button>
          {data.set ? (
            <Button
              variant="default"
              disabled={current === '' || phrase.busy}
              onClick={() => phrase.run(null)}
            >
              {t('lock.remove')}
            </Button>
          ) : null}
        </Group>
        {failed ? <ProblemAlert problem={failed} /> : null}
        {data.set ? (
          <>
            <Text size="sm">{t('lock.after')}</Text>
            <SegmentedControl
              aria-label={t('lock.after')}
              value={String(data.afterMinutes)}
              onChange={(chosen) => {
                const parsed = lockAfterSchema.safeParse(Number(chosen));
                if (parsed.success) after.run(parsed.data);
              }}
              data={choices.map((minutes) => ({
                value: String(minutes),
                label: minutes === 0 ? t('lock.never') : t('lock.minutes', { n: formatCount(minutes) }),
              }))}
            />
          </>
        ) : null}
      </Stack>
    </SettingRow>
  );
}
