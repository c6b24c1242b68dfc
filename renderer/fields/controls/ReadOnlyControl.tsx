import { useTranslation } from 'react-i18next';
import type { ShownValue } from '../../../shared/model/record';
import { localised } from '../../i18n';
import { TextInput } from '../../ui/inputs';
import type { FieldState } from '../field-state';
import css from '../fields.module.css';
import { type ControlProps, inputProps } from './control';

/** A value that the server shows and takes no edit of: to be read and copied, and it looks like it. */
export function ReadOnlyControl(props: ControlProps) {
  const { t } = useTranslation('editor');
  const words = useWords(props.field);
  return (
    <TextInput
      {...inputProps(props)}
      value={words}
      readOnly
      variant="unstyled"
      classNames={{ input: css.readOnly }}
      placeholder={t('field.noValue')}
    />
  );
}

function useWords({ spec, shown }: FieldState): string {
  const { t } = useTranslation('editor');
  if (shown === null) return '';
  if (typeof shown === 'object') return t(`secret.state.${shown.secret}`);
  const listed = spec.values?.find((one) => one.value === shown);
  return listed ? localised(listed.label) : shown;
}

/** A structure as the server sent it, laid out to be read. */
export function JsonControl({ field }: ControlProps) {
  const { t } = useTranslation('editor');
  const text = prettyJson(field.shown);
  return text === '' ? (
    <span className={css.noValue} data-field={field.spec.name}>
      {t('field.noValue')}
    </span>
  ) : (
    <pre className={css.json} dir="ltr" data-field={field.spec.name}>
      {text}
    </pre>
  );
}

/** JSON text over several lines; any other text as it stands. */
export function prettyJson(value: ShownValue): string {
  if (typeof value !== 'string') return '';
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}
