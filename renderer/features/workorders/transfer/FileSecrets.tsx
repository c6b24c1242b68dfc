import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PasswordInput } from '../../../ui/inputs';

/** The passphrase that opens a file's secrets, or the decision to do without them. */
export function FileSecrets({
  passphrase,
  onPassphrase,
  without,
  onWithout,
}: {
  passphrase: string;
  onPassphrase: (passphrase: string) => void;
  without: boolean;
  onWithout: (without: boolean) => void;
}) {
  const { t } = useTranslation('transfer');
  return (
    <Stack gap="sm">
      <PasswordInput
        label={t('secrets.passphrase')}
        description={t('secrets.help')}
        inputWrapperOrder={['label', 'input', 'description']}
        value={passphrase}
        onChange={(event) => onPassphrase(event.currentTarget.value)}
        disabled={without}
        autoComplete="off"
        spellCheck={false}
        maxLength={1_000}
        maw={420}
        data-field="passphrase"
      />
      <Checkbox
        label={t('secrets.without')}
        checked={without}
        onChange={(event) => onWithout(event.currentTarget.checked)}
      />
    </Stack>
  );
}
