import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asciiDigits } from '../../../../shared/lib/text';
import { formatCount } from '../../../i18n';
import { TextInput } from '../../../ui/inputs';

/** A whole number, typed in any digits. Other text shows a problem and is not passed on. */
export function WholeNumber({
  label,
  value,
  min,
  max,
  onValue,
  onLeave,
  width = 88,
}: {
  label: string;
  value: number;
  min: number;
  max: number;
  onValue: (value: number) => void;
  onLeave: () => void;
  width?: number;
}) {
  const { t } = useTranslation('bulk');
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? String(value);
  const good = wholeNumber(text, min, max) !== null;
  return (
    <TextInput
      aria-label={label}
      label={label}
      w={width}
      dir="ltr"
      inputMode="numeric"
      autoComplete="off"
      value={text}
      error={good ? undefined : t('number.range', { min: formatCount(min), max: formatCount(max) })}
      onChange={(event) => {
        const next = asciiDigits(event.currentTarget.value);
        setTyped(next);
        const number = wholeNumber(next, min, max);
        if (number !== null) onValue(number);
      }}
      onBlur={() => {
        if (good) setTyped(null);
        onLeave();
      }}
    />
  );
}

function wholeNumber(text: string, min: number, max: number): number | null {
  const clean = text.trim().replace(/^[\u2212\u2013]/, '-');
  if (!/^[+-]?\d{1,9}$/.test(clean)) return null;
  const number = Number(clean);
  return number >= min && number <= max ? number : null;
}
