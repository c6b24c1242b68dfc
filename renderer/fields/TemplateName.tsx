import { useTranslation } from 'react-i18next';
import { TextInput } from '../ui/inputs';

export const longestName = 120;

/** The name under which a template is kept, asked for in a dialog. */
export function TemplateName({ name, onName }: { name: string; onName: (name: string) => void }) {
  const { t } = useTranslation('templates');
  return (
    <TextInput
      label={t('name')}
      value={name}
      onChange={(event) => onName(event.currentTarget.value)}
      maxLength={longestName}
      data-field="name"
      data-autofocus
    />
  );
}
