import { Button, Checkbox, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Keeping } from '../../../shared/model/keeping';
import { problemOf } from '../../../shared/model/problem';
import { TextInput } from '../../ui/inputs';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { ArchiveSetting } from './ArchiveSetting';
import { BackupsSetting } from './BackupsSetting';
import { CheckSetting } from './CheckSetting';
import { useKeeping, useSetKeeping } from './keeping';
import { SettingRow } from './SettingRow';
import { SizeSetting } from './SizeSetting';
import { StoredNumber } from './StoredNumber';

/** Whose name entries carry, how long secrets can be taken back, backups, the database's check and size, and the archive. */
export function KeepingSettings() {
  const { t } = useTranslation('settings');
  const { data, error } = useKeeping();
  return (
    <>
      <SettingRow of="name" help={t('keeping.nameHelp')}>
        {error ? <ProblemAlert problem={problemOf(error)} /> : null}
        {data ? <DisplayName stored={data.displayName} /> : null}
      </SettingRow>
      <SettingRow of="secrets" help={t('keeping.secretsHelp')}>
        {data ? <ForgetSecrets stored={data.forgetSecretsAfterDays} /> : null}
      </SettingRow>
      <SettingRow of="backups" help={t('keeping.backupsHelp')}>
        {data ? <BackupsKept stored={data.backups} /> : null}
        <BackupsSetting />
      </SettingRow>
      <SettingRow of="check" help={t('keeping.checkHelp')}>
        <CheckSetting />
      </SettingRow>
      <SettingRow of="disk" help={t('keeping.diskHelp')}>
        {data ? <SizeSetting limit={data.warnAboveMegabytes} /> : null}
      </SettingRow>
      <SettingRow of="archive" help={t('keeping.archiveHelp')}>
        <ArchiveSetting />
      </SettingRow>
    </>
  );
}

/** Stored on blur or Enter: a half-typed name must not appear on an entry. */
function DisplayName({ stored }: { stored: Keeping['displayName'] }) {
  const { t } = useTranslation('settings');
  const [name, setName] = useState(stored);
  const set = useSetKeeping();
  useEffect(() => setName(stored), [stored]);
  const save = () => {
    if (name.trim() !== stored) set.run({ displayName: name.trim() });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Group gap="sm" align="flex-start">
        <TextInput
          aria-label={t('keeping.name')}
          data-field="displayName"
          value={name}
          maxLength={80}
          w={240}
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={save}
        />
        <Button type="submit" variant="default" disabled={name.trim() === stored} loading={set.busy}>
          {t('keeping.save')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mih={18} role="status">
        {set.succeeded && name.trim() === stored ? t('keeping.nameSaved') : ''}
      </Text>
      {set.problem ? <ProblemAlert problem={set.problem} /> : null}
    </form>
  );
}

const usualDays = 365;

function ForgetSecrets({ stored }: { stored: Keeping['forgetSecretsAfterDays'] }) {
  const { t } = useTranslation('settings');
  const set = useSetKeeping();
  return (
    <>
      <Group gap="sm" align="center">
        <Text size="sm">{t('keeping.forget')}</Text>
        <StoredNumber
          label={t('keeping.forget')}
          field="forgetSecretsAfterDays"
          stored={stored ?? usualDays}
          min={1}
          max={3650}
          disabled={stored === null}
          onStore={(forgetSecretsAfterDays) => set.run({ forgetSecretsAfterDays })}
        />
        <Text size="sm">{t('keeping.days')}</Text>
      </Group>
      <Checkbox
        mt="sm"
        label={t('keeping.never')}
        checked={stored === null}
        onChange={(event) =>
          set.run({ forgetSecretsAfterDays: event.currentTarget.checked ? null : usualDays })
        }
      />
      {set.problem ? <ProblemAlert problem={set.problem} /> : null}
    </>
  );
}

function BackupsKept({ stored }: { stored: Keeping['backups'] }) {
  const { t } = useTranslation('settings');
  const set = useSetKeeping();
  return (
    <>
      <Group gap="sm" align="center" mb="md">
        <Text size="sm">{t('keeping.keep')}</Text>
        <StoredNumber
          label={t('keeping.keep')}
          field="backups"
          stored={stored}
          min={1}
          max={60}
          onStore={(backups) => set.run({ backups })}
        />
      </Group>
      {set.problem ? <ProblemAlert problem={set.problem} /> : null}
    </>
  );
}
