import { UnstyledButton } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogOf } from '../../../shared/catalog';
import { type Connection, recordsOf } from '../../../shared/model/connection';
import type { SheetSettings, SheetView } from '../../../shared/model/sheet';
import { formatCount } from '../../i18n';
import { isolate } from '../../ui/isolate';
import layout from '../../ui/layout.module.css';
import { useFieldName } from './field-name';
import { delimiterWords, encodingNames, matchedCount } from './settings';
import css from './sheets.module.css';

/** How the file is read, on one line; a click unfolds the settings. */
export function SettingsLine({
  connection,
  sheet,
  settings,
  unfolded,
  onUnfold,
  children,
}: {
  connection: Connection;
  sheet: SheetView;
  settings: SheetSettings;
  unfolded: boolean;
  onUnfold: () => void;
  /** What the preview is doing. */
  children: ReactNode;
}) {
  const { t } = useTranslation('sheets');
  const nameOf = useFieldName(catalogOf(recordsOf(connection)));
  const { encoding, delimiter, header, firstLine, key, policy, marker } = settings;
  const parts = [
    isolate(encodingNames[encoding] + (sheet.bom ? ' BOM' : '')),
    t(`delimiter.${delimiterWords[delimiter]}`),
    header ? t('line.headings', { line: formatCount(firstLine) }) : t('line.noHeadings'),
    ...(sheet.passedOver > 0
      ? [t('line.passedOver', { count: sheet.passedOver, formatted: formatCount(sheet.passedOver) })]
      : []),
    t('line.columns', {
      matched: formatCount(matchedCount(settings)),
      total: formatCount(sheet.columns.length),
    }),
    key === null ? t('line.noKey') : t('line.key', { field: isolate(nameOf(key)) }),
    t(`policy.${policy}.title`),
    t('line.marker', { marker: isolate(marker) }),
  ];
  const words = parts.join(' · ');
  const Chevron = unfolded ? IconChevronUp : IconChevronDown;
  return (
    <div className={css.line}>
      <UnstyledButton
        className={css.fold}
        aria-expanded={unfolded}
        aria-label={t('settings')}
        title={words}
        onClick={onUnfold}
      >
        <IconAdjustmentsHorizontal size={15} aria-hidden className={layout.fixed} />
        <span className={layout.cut} data-settings>
          {words}
        </span>
        <Chevron size={15} aria-hidden className={layout.fixed} />
      </UnstyledButton>
      {children}
    </div>
  );
}
