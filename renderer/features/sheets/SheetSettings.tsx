import { Radio, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogOf } from '../../../shared/catalog';
import { type Connection, recordsOf } from '../../../shared/model/connection';
import {
  delimiters,
  type SheetPolicy,
  type SheetSettings,
  type SheetView,
  sheetPolicySchema,
} from '../../../shared/model/sheet';
import { formatCount } from '../../i18n';
import { Select } from '../../ui/inputs';
import { ColumnsTable } from './ColumnsTable';
import { EncodingSelect } from './EncodingSelect';
import { useFieldName } from './field-name';
import { LineInput } from './LineInput';
import { MarkerInput } from './MarkerInput';
import { delimiterWords, encodingNames, keyFields } from './settings';
import css from './sheets.module.css';
import type { SheetHand } from './useSheet';

interface PanelProps {
  connection: Connection;
  sheet: SheetView;
  settings: SheetSettings;
  hand: SheetHand;
}

/** How the file is read and what happens to its rows. Everything is detected and can be changed. */
export function SheetSettingsPanel(props: PanelProps) {
  const { t } = useTranslation('sheets');
  return (
    <section className={css.panel} aria-label={t('settings')}>
      <FileSettings {...props} />
      <RowSettings {...props} />
      <PolicySettings {...props} />
      <ColumnsTable {...props} />
    </section>
  );
}

function FileSettings({ sheet, settings, hand }: PanelProps) {
  const { t } = useTranslation('sheets');
  const { encoding, delimiter, header, firstLine } = settings;
  const delimiterWord = (one: SheetSettings['delimiter']) => t(`delimiter.${delimiterWords[one]}`);
  const found = (same: boolean, words: string) => (same ? t('found') : t('foundOther', { words }));
  return (
    <Part title={t('file')}>
      <div className={css.two}>
        <EncodingSelect
          sheet={sheet}
          encoding={encoding}
          description={found(encoding === sheet.found.encoding, encodingNames[sheet.found.encoding])}
          onChoose={(chosen) => hand.configure({ encoding: chosen })}
        />
        <Select
          label={t('delimiterLabel')}
          description={found(delimiter === sheet.found.delimiter, delimiterWord(sheet.found.delimiter))}
          inputWrapperOrder={['label', 'input', 'description']}
          data={delimiters.map((one) => ({ value: one, label: delimiterWord(one) }))}
          value={delimiter}
          allowDeselect={false}
          data-setting="delimiter"
          onChange={(value) => {
            const chosen = delimiters.find((one) => one === value);
            if (chosen) hand.configure({ delimiter: chosen });
          }}
        />
        <Switch
          className={css.switch}
          size="xs"
          label={t('header')}
          description={found(
            header === sheet.found.header,
            t(sheet.found.header ? 'withHeadings' : 'line.noHeadings'),
          )}
          checked={header}
          data-setting="header"
          onChange={(event) => hand.configure({ header: event.currentTarget.checked })}
        />
        <LineInput
          label={t(header ? 'headingsLine' : 'rowsLine')}
          description={found(
            firstLine === sheet.found.firstLine,
            t('lineNumber', { line: formatCount(sheet.found.firstLine) }),
          )}
          line={firstLine}
          last={sheet.lastLine}
          onLine={(line) => hand.configure({ firstLine: line })}
        />
      </div>
    </Part>
  );
}

function RowSettings({ connection, sheet, settings, hand }: PanelProps) {
  const { t } = useTranslation('sheets');
  const catalog = catalogOf(recordsOf(connection));
  const nameOf = useFieldName(catalog);
  const none = sheet.keys.length === 0;
  return (
    <Part title={t('rowsAndCells')}>
      <div className={css.two}>
        <Select
          label={t('key')}
          description={none ? undefined : t('keyHelp')}
          error={none ? t('noKey', { keys: keyFields(catalog).map(nameOf).join(t('or')) }) : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={t('noKeyYet')}
          data={sheet.keys.map((field) => ({ value: field, label: nameOf(field) }))}
          value={settings.key}
          allowDeselect={false}
          disabled={none}
          data-setting="key"
          onChange={(key) => hand.configure({ key })}
        />
        <MarkerInput marker={settings.marker} onMarker={(marker) => hand.configure({ marker })} />
      </div>
    </Part>
  );
}

function PolicySettings({ settings, hand }: PanelProps) {
  const { t } = useTranslation('sheets');
  return (
    <Part title={t('policyLabel')}>
      <Radio.Group
        aria-label={t('policyLabel')}
        value={settings.policy}
        onChange={(value) => {
          const policy = sheetPolicySchema.safeParse(value);
          if (policy.success) hand.configure({ policy: policy.data });
        }}
      >
        <div className={css.policies}>
          {policies.map((policy) => (
            <Radio
              key={policy}
              size="xs"
              value={policy}
              label={t(`policy.${policy}.title`)}
              description={t(`policy.${policy}.help`)}
              styles={{ label: { fontSize: 12 } }}
              data-policy={policy}
            />
          ))}
        </div>
      </Radio.Group>
    </Part>
  );
}

// The usual one first.
const policies: readonly SheetPolicy[] = ['update', 'skip', 'overwrite', 'report'];

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.part}>
      <h3 className={css.partTitle}>{title}</h3>
      {children}
    </section>
  );
}
