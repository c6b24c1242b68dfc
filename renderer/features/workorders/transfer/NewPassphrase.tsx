import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shortestPassphrase } from '../../../../shared/transfer';
import { formatCount } from '../../../i18n';
import { PasswordInput } from '../../../ui/inputs';

export interface TypedPassphrase {
  readonly first: string;
  readonly second: string;
}

export const noPassphrase: TypedPassphrase = { first: '', second: '' };

const isLongEnough = (text: string): boolean => [...text].length >= shortestPassphrase;

/** Whether a passphrase can be used: long enough, and typed alike twice. */
export function isGoodPassphrase({ first, second }: TypedPassphrase): boolean {
  return isLongEnough(first) && first === second;
}

/** A passphrase typed twice: a slip in it would make the secrets unreadable for good. */
export function NewPassphrase({
  typed: { first, second },
  onChange,
}: {
  typed: TypedPassphrase;
  onChange: (typed: TypedPassphrase) => void;
}) {
  const { t } = useTranslation('transfer');
  const least = formatCount(shortestPassphrase);
  const short = first !== '' && !isLongEnough(first);
  const common = {
    autoComplete: 'off',
    spellCheck: false,
    maxLength: 1_000,
  };
  return (
    <Group grow gap="md" align="start">
      <PasswordInput
        {...common}
        label={t('passphrase.first')}
        description={short ? undefined : t('passphrase.help', { least })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={short ? t('passphrase.short', { least }) : undefined}
        value={first}
        onChange={(event) => onChange({ first: event.currentTarget.value, second })}
        data-field="passphrase"
        data-autofocus
      />
      <PasswordInput
        {...common}
        label={t('passphrase.second')}
        error={second !== '' && first !== second ? t('passphrase.differs') : undefined}
        value={second}
        onChange={(event) => onChange({ first, second: event.currentTarget.value })}
        data-field="passphraseAgain"
      />
    </Group>
  );
}
