import { Anchor, Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Catalog, FieldSpec } from '../../../shared/catalog';
import { isIdentity } from '../../../shared/catalog/identity';
import type { ShownValue } from '../../../shared/model/record';
import { formatCount, localised } from '../../i18n';
import layout from '../../ui/layout.module.css';
import { ShownText } from '../../ui/ShownText';
import { usualFields } from './fields';
import css from './templates.module.css';

/** Fields to tick, by the catalog's tabs. What says which record it is, and secrets, are marked. */
export function FieldChooser({
  catalog,
  specs,
  chosen,
  onChange,
  shownValue,
}: {
  catalog: Catalog;
  /** Those on offer. */
  specs: readonly FieldSpec[];
  chosen: readonly string[];
  onChange: (fields: string[]) => void;
  /** What the field is in the record that it is taken from, where that is known. */
  shownValue: (field: string) => ShownValue | undefined;
}) {
  const { t } = useTranslation('templates');
  const set = (names: readonly string[], on: boolean) => {
    const kept = chosen.filter((name) => !names.includes(name));
    const all = new Set(on ? [...kept, ...names] : kept);
    onChange(specs.map(({ name }) => name).filter((name) => all.has(name)));
  };
  const groups = catalog.tabs
    .map((tab) => ({ tab, fields: specs.filter((spec) => spec.tab === tab.id) }))
    .filter(({ fields }) => fields.length > 0);
  return (
    <fieldset className={layout.fieldset}>
      <legend className={layout.legend}>{t('fields.label')}</legend>
      <div className={css.chooserHead}>
        <span>{t('fields.count', { n: formatCount(chosen.length), total: formatCount(specs.length) })}</span>
        <Anchor
          component="button"
          type="button"
          size="sm"
          onClick={() => onChange(usualFields(catalog, specs, shownValue))}
        >
          {t('fields.usual')}
        </Anchor>
        <Anchor component="button" type="button" size="sm" onClick={() => onChange([])}>
          {t('fields.none')}
        </Anchor>
      </div>
      <div className={css.chooserFrame} data-field-chooser>
        {groups.map(({ tab, fields }) => {
          const names = fields.map(({ name }) => name);
          const on = names.filter((name) => chosen.includes(name)).length;
          return (
            <div key={tab.id} className={css.chooserGroup}>
              <Checkbox
                label={<strong>{localised(tab.label)}</strong>}
                checked={on === names.length}
                indeterminate={on > 0 && on < names.length}
                onChange={() => set(names, on < names.length)}
              />
              <div className={css.chooserFields}>
                {fields.map((spec) => (
                  <Checkbox
                    key={spec.name}
                    data-choose-field={spec.name}
                    checked={chosen.includes(spec.name)}
                    onChange={(event) => set([spec.name], event.currentTarget.checked)}
                    label={
                      <span className={css.chooserName}>
                        <span>{localised(spec.label)}</span>
                        {isIdentity(catalog, spec, shownValue) ? <em>{t('fields.identity')}</em> : null}
                        {spec.secret ? <em>{t('fields.secret')}</em> : null}
                        <Value spec={spec} value={shownValue(spec.name)} />
                      </span>
                    }
                  />
                ))}
              </div>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

function Value({ spec, value }: { spec: FieldSpec; value: ShownValue | undefined }) {
  if (value === undefined) return null;
  return (
    <span className={css.chooserValue}>
      <ShownText value={value} spec={spec} />
    </span>
  );
}
