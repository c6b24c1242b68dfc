import { useTranslation } from 'react-i18next';
import { type Catalog, fieldsByName } from '../../../shared/catalog';
import { idColumn } from '../../../shared/model/sheet';
import { localised } from '../../i18n';

/** What a field is called for people; the record's id has a word of its own. */
export function useFieldName(catalog: Catalog): (field: string) => string {
  const { t } = useTranslation('sheets');
  const specs = fieldsByName(catalog);
  return (field) => {
    if (field === idColumn) return t('id');
    const spec = specs.get(field);
    return spec ? localised(spec.label) : field;
  };
}
