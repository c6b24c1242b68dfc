import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AuthoritiesAdded } from '../../../shared/model/authority';
import { problemOf } from '../../../shared/model/problem';
import { formatCount } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { keys } from '../../program/queries';
import { isolate } from '../../ui/isolate';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useAction } from '../../ui/useAction';
import { AuthorityCard } from './AuthorityCard';
import { SettingRow } from './SettingRow';

/** The certificates of authorities that a person added; each is confirmed in the system's own dialog. */
export function AuthoritiesSetting() {
  const { t } = useTranslation('settings');
  const list = useQuery({ queryKey: keys.authorities(), queryFn: () => ask(patchbay.authorities.list()) });
  const renew = () => void list.refetch();
  const add = useAction({ work: () => ask(patchbay.authorities.add()), settled: renew });
  const confirm = useAction({
    work: (fingerprint: string) => ask(patchbay.authorities.confirm({ fingerprint })),
    settled: renew,
  });
  const remove = useAction({
    work: (fingerprint: string) => ask(patchbay.authorities.remove({ fingerprint })),
    settled: renew,
  });
  const forget = useAction({
    work: () => ask(patchbay.authorities.forgetMissing()),
    settled: renew,
  });
  const { authorities = [], missing = 0 } = list.data ?? {};
  const unread = list.error ? problemOf(list.error) : null;
  const problems = [unread, add.problem, confirm.problem, remove.problem, forget.problem].filter(
    (problem) => problem !== null,
  );
  return (
    <SettingRow of="authorities" help={t('authorities.help')}>
      <Stack gap="sm" data-authorities={list.data ? authorities.length : undefined}>
        {list.data && authorities.length === 0 ? <Text size="sm">{t('authorities.none')}</Text> : null}
        {authorities.map((authority) => (
          <AuthorityCard
            key={authority.fingerprint}
            authority={authority}
            busy={confirm.busy || remove.busy}
            onConfirm={() => confirm.run(authority.fingerprint)}
            onRemove={() => remove.run(authority.fingerprint)}
          />
        ))}
        {missing > 0 ? (
          <Alert color="orange" variant="light" p="sm">
            <Group gap="sm">
              <Text size="sm">{t('authorities.missing', { count: missing, n: formatCount(missing) })}</Text>
              <Button size="compact-xs" variant="default" onClick={() => forget.run()}>
                {t('authorities.forget')}
              </Button>
            </Group>
          </Alert>
        ) : null}
        <Group>
          <Button variant="default" loading={add.busy} onClick={() => add.run()}>
            {t('authorities.add')}
          </Button>
        </Group>
        <div role="status">
          {add.result ? (
            <Came of={add.result} />
          ) : add.result === null ? (
            <Text size="sm">{t('authorities.nothingChosen')}</Text>
          ) : null}
        </div>
        {problems.map((problem) => (
          <ProblemAlert key={problem.code} problem={problem} />
        ))}
      </Stack>
    </SettingRow>
  );
}

/** A file's result: how many were added, and each that was not, with its name and reason. */
function Came({ of: { added, left } }: { of: AuthoritiesAdded }) {
  const { t } = useTranslation('settings');
  return (
    <>
      {added.length > 0 ? (
        <Text size="sm">{t('authorities.added', { count: added.length, n: formatCount(added.length) })}</Text>
      ) : null}
      {left.map(({ fingerprint, subject, why }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a file may hold the same one twice, and the list never changes
        <Text key={`${index} ${fingerprint}`} size="sm" data-left={why}>
          {t(`authorities.left.${why}`, { subject: isolate(subject) })}
        </Text>
      ))}
    </>
  );
}
