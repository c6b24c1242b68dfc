import { UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Catalog, fieldsByName } from '../../../shared/catalog';
import { searchFold } from '../../../shared/lib/text';
import { actionColumn, idColumn, type SheetView } from '../../../shared/model/sheet';
import { localised } from '../../i18n';
import { Select } from '../../ui/inputs';
import layout from '../../ui/layout.module.css';
import { useFieldName } from './field-name';
import css from './sheets.module.css';

// No field is called so.
const leftOut = '-';

/**
 * Which field a column is. A button until somebody chooses: a file may have hundreds of columns, and as many searchable
 * lists would take long to draw.
 */
export function FieldChoice({
  catalog,
  column,
  field,
  keyField,
  how,
  settled,
  disabled,
  onChoose,
}: {
  catalog: Catalog;
  /** The column's heading, for screen readers. */
  column: string;
  field: string | null;
  /** The field by which records are found. */
  keyField: string | null;
  how: SheetView['columns'][number]['by'];
  /** `how` is about this field, and not about the one before. */
  settled: boolean;
  disabled: boolean;
  onChoose: (field: string | null) => void;
}) {
  const { t } = useTranslation('sheets');
  const nameOf = useFieldName(catalog);
  const [choosing, setChoosing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const back = useRef(false);
  useEffect(() => {
    if (choosing || !back.current) return;
    back.current = false;
    button.current?.focus();
  }, [choosing]);
  const end = () => {
    back.current = true;
    setChoosing(false);
  };
  const words = field === null ? t('columns.leftOut') : nameOf(field);
  return (
    <>
      {choosing ? (
        <FieldSelect
          catalog={catalog}
          label={t('columns.fieldOf', { column })}
          field={field}
          onChoose={(next) => {
            end();
            if (next !== field) onChoose(next);
          }}
          onClose={end}
        />
      ) : (
        <UnstyledButton
          ref={button}
          className={css.field}
          aria-haspopup="listbox"
          aria-label={`${t('columns.fieldOf', { column })}: ${words}`}
          disabled={disabled}
          data-field={field ?? ''}
          data-out={field === null || undefined}
          onClick={() => setChoosing(true)}
        >
          <span className={css.fieldName}>{words}</span>
          <IconChevronDown size={14} aria-hidden className={layout.fixed} />
        </UnstyledButton>
      )}
      <How catalog={catalog} field={field} keyField={keyField} how={settled ? how : null} />
    </>
  );
}

function How({
  catalog,
  field,
  keyField,
  how,
}: {
  catalog: Catalog;
  field: string | null;
  keyField: string | null;
  how: SheetView['columns'][number]['by'];
}) {
  const { t } = useTranslation('sheets');
  if (field === null) return <span className={css.how} />;
  const words = [roleOf(), how === null ? '' : t(`by.${how}`)];
  function roleOf(): string {
    if (field === keyField) return t('columns.isKey');
    if (field === actionColumn) return t('columns.isAction');
    const spec = fieldsByName(catalog).get(field ?? '');
    if (field === idColumn || (spec?.readOnly && (spec.unique || spec.identifies)))
      return t('columns.compared');
    return spec?.readOnly ? t('columns.readOnly') : '';
  }
  return <span className={css.how}>{words.filter(Boolean).join(' · ')}</span>;
}

function FieldSelect({
  catalog,
  label,
  field,
  onChoose,
  onClose,
}: {
  catalog: Catalog;
  label: string;
  field: string | null;
  onChoose: (field: string | null) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('sheets');
  const folded = new Map(
    catalog.fields.map((spec) => [
      spec.name,
      searchFold(`${spec.name} ${spec.label.en} ${spec.label.fa} ${(spec.aliases ?? []).join(' ')}`),
    ]),
  );
  const data = [
    { value: leftOut, label: t('columns.leftOut') },
    { value: idColumn, label: t('id') },
    { value: actionColumn, label: t('action') },
    ...catalog.fields.map((spec) => ({ value: spec.name, label: localised(spec.label) })),
  ];
  return (
    <Select
      aria-label={label}
      data={data}
      value={field ?? leftOut}
      searchable
      autoFocus
      defaultDropdownOpened
      selectFirstOptionOnChange
      allowDeselect={false}
      maxDropdownHeight={260}
      nothingFoundMessage={t('columns.noField')}
      comboboxProps={{ withinPortal: true, width: 340, position: 'bottom-end' }}
      filter={({ options, search, limit }) => {
        const words = searchFold(search).split(/\s+/).filter(Boolean);
        return options
          .filter((option) => {
            if (!('value' in option)) return false;
            const text = folded.get(String(option.value)) ?? searchFold(`${option.value} ${option.label}`);
            return words.every((word) => text.includes(word));
          })
          .slice(0, limit);
      }}
      renderOption={({ option }) => (
        <span className={layout.option}>
          <span>{option.label}</span>
          {option.value === leftOut ? null : (
            <bdi dir="ltr" className={css.quiet}>
              {option.value}
            </bdi>
          )}
        </span>
      )}
      onChange={(value) => {
        if (value !== null) onChoose(value === leftOut ? null : value);
      }}
      onFocus={(event) => event.currentTarget.select()}
      onDropdownClose={onClose}
    />
  );
}
