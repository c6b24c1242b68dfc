import { useTranslation } from 'react-i18next';
import { type Catalog, fieldsByName } from '../../../shared/catalog';
import { actionColumn, idColumn } from '../../../shared/model/sheet';
import { localised } from '../../i18n';

/** What a field is called for people; the record's id and the row's action have words of their own. */
export function useFieldName(catalog: Catalog): (field: string) => string {
  const { t } = useTranslation('sheets');
  const specs = fieldsByName(catalog);
  return (field) => {
    if (field === idColumn) return t('id');
    if (field === actionColumn) return t('action');
    const spec = specs.get(field);
    return spec ? localised(spec.label) : field;
  };
}
