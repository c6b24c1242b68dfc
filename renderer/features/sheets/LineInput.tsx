import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asciiDigits } from '../../../shared/lib/text';
import { formatCount } from '../../i18n';
import { TextInput } from '../../ui/inputs';

const settledMs = 400;

/** On which line of the file the table begins; in digits of any keyboard. */
export function LineInput({
  label,
  description,
  line,
  last,
  onLine,
}: {
  label: string;
  description: string;
  line: number;
  /** The last line that can be pointed at. */
  last: number;
  onLine: (line: number) => void;
}) {
  const { t } = useTranslation('sheets');
  const [text, setText] = useState(String(line));
  const plain = asciiDigits(text).trim();
  const typed = /^\d{1,9}$/.test(plain) && Number(plain) >= 1 && Number(plain) <= last ? Number(plain) : null;
  useEffect(() => setText(String(line)), [line]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once the typing settles
  useEffect(() => {
    if (typed === null || typed === line) return;
    const timer = setTimeout(() => onLine(typed), settledMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <TextInput
      label={label}
      description={description}
      error={typed === null ? t('lineWrong', { last: formatCount(last) }) : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      inputMode="numeric"
      value={text}
      maxLength={9}
      dir="ltr"
      data-setting="firstLine"
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}
