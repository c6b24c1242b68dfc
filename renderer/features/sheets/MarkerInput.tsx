import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sheetSettingsSchema } from '../../../shared/model/sheet';
import { TextInput } from '../../ui/inputs';
import { isolate } from '../../ui/isolate';

const settledMs = 400;

/** The cell text that empties its field; says what an empty cell does. */
export function MarkerInput({ marker, onMarker }: { marker: string; onMarker: (marker: string) => void }) {
  const { t } = useTranslation('sheets');
  const [text, setText] = useState(marker);
  const read = sheetSettingsSchema.shape.marker.safeParse(text);
  const typed = read.success ? read.data : null;
  useEffect(() => setText(marker), [marker]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once the typing settles
  useEffect(() => {
    if (typed === null || typed === marker) return;
    const timer = setTimeout(() => onMarker(typed), settledMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <TextInput
      label={t('marker')}
      description={t('markerHelp', { marker: isolate(typed ?? marker) })}
      error={typed === null ? t('markerEmpty') : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={text}
      maxLength={40}
      dir="ltr"
      data-setting="marker"
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}
