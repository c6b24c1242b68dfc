import { Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asciiDigits } from '../../shared/lib/text';
import { currentLanguage } from '../i18n';
import { dayWords, isoJalali } from './days';
import { Ltr } from './Ltr';

/** A day as typed, and below it the same day in the other calendar. `parseDay` of `days.ts` reads the text. */
export function DayInput({
  label,
  text,
  at,
  onChange,
  problem,
}: {
  label: string;
  text: string;
  /** The day that the text is; null where it is none. */
  at: number | null;
  onChange: (text: string) => void;
  problem?: string | undefined;
}) {
  const { t } = useTranslation('journal');
  // Said when a whole day should stand there, not while it is being typed.
  const wrong = at === null && text.trim().length >= 8 ? t('span.wrong') : undefined;
  return (
    <div>
      <TextInput
        label={label}
        placeholder="YYYY-MM-DD"
        value={text}
        maxLength={10}
        error={problem ?? wrong}
        styles={{ input: { direction: 'ltr' } }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed" mih={18}>
        {at === null ? null : currentLanguage() === 'fa' || typedJalali(text) ? (
          dayWords(at)
        ) : (
          <>
            {t('span.jalali')} <Ltr>{isoJalali(at)}</Ltr>
          </>
        )}
      </Text>
    </div>
  );
}

function typedJalali(text: string): boolean {
  return /^1[0-6]/.test(asciiDigits(text).trim());
}
