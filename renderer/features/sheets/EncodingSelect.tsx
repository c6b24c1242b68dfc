import { useTranslation } from 'react-i18next';
import { encodings, type SheetEncoding, type SheetView } from '../../../shared/model/sheet';
import { Select } from '../../ui/inputs';
import { textDirection } from '../../ui/isolate';
import layout from '../../ui/layout.module.css';
import { encodingNames } from './settings';
import css from './sheets.module.css';

/** The file's encoding. Each is shown with how a text of the file reads in it: who knows the people sees which is right. */
export function EncodingSelect({
  sheet,
  encoding,
  description,
  onChoose,
}: {
  sheet: SheetView;
  encoding: SheetEncoding;
  description: string;
  onChoose: (encoding: SheetEncoding) => void;
}) {
  const { t } = useTranslation('sheets');
  const looks = new Map<string, string>(sheet.looks.map((one) => [one.encoding, one.text]));
  const now = looks.get(encoding);
  return (
    <Select
      label={t('encoding')}
      description={now ? `${description} · ${now}` : description}
      inputWrapperOrder={['label', 'input', 'description']}
      data={encodings.map((one) => ({ value: one, label: encodingNames[one] }))}
      value={encoding}
      allowDeselect={false}
      maxDropdownHeight={320}
      comboboxProps={{ withinPortal: true, width: 340, position: 'bottom-start' }}
      data-setting="encoding"
      renderOption={({ option }) => (
        <span className={layout.option} data-encoding={option.value}>
          <span>
            <bdi dir="ltr">{option.label}</bdi>{' '}
            <span className={css.quiet}>{t(`pages.${regionOf(option.value)}`)}</span>
          </span>
          <bdi className={layout.cut} dir={textDirection(looks.get(option.value) ?? '')}>
            {looks.get(option.value) ?? ''}
          </bdi>
        </span>
      )}
      onChange={(value) => {
        const chosen = encodings.find((one) => one === value);
        if (chosen) onChoose(chosen);
      }}
    />
  );
}

const regions = {
  'utf-8': 'all',
  'utf-16le': 'all',
  'utf-16be': 'all',
  'windows-1256': 'arabic',
  'iso-8859-6': 'arabic',
  'windows-1252': 'west',
  'iso-8859-15': 'west',
  'windows-1250': 'centre',
  'iso-8859-2': 'centre',
  'windows-1254': 'turkish',
  'windows-1251': 'cyrillic',
  'windows-1253': 'greek',
  'windows-1255': 'hebrew',
  'windows-1257': 'baltic',
  'koi8-r': 'cyrillic',
  ibm866: 'cyrillic',
  macintosh: 'west',
} as const satisfies Record<SheetEncoding, string>;

function regionOf(encoding: string): (typeof regions)[SheetEncoding] {
  const known = encodings.find((one) => one === encoding);
  return known ? regions[known] : 'all';
}
