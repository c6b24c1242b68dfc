import { useTranslation } from 'react-i18next';
import { localised } from '../../i18n';
import { Select } from '../../ui/inputs';
import layout from '../../ui/layout.module.css';
import { useControlHost } from '../EditorContext';
import css from '../fields.module.css';
import { foreignValues } from './allowed';
import { type ControlProps, inputProps } from './control';

/** One of the allowed values, or what the server has although it is not listed. */
export function ChoiceControl(props: ControlProps) {
  const { t } = useTranslation('editor');
  const { saver } = useControlHost();
  const { spec, text } = props.field;
  const listed = (spec.values ?? []).map((one) => ({ value: one.value, label: localised(one.label) }));
  const foreign = foreignValues(props.field);
  return (
    <Select
      {...inputProps(props)}
      data={[...listed, ...foreign.map((value) => ({ value, label: value }))]}
      value={text === '' ? null : text}
      placeholder={t('field.noValue')}
      allowDeselect={false}
      renderOption={({ option }) => (
        <span className={layout.option}>
          <bdi>{option.label}</bdi>
          <span className={css.optionNote}>
            {foreign.includes(option.value) ? (
              t('field.unlisted')
            ) : option.value !== option.label ? (
              <bdi dir="ltr">{option.value}</bdi>
            ) : null}
          </span>
        </span>
      )}
      onChange={(value) => value !== null && saver.choose(spec, value)}
    />
  );
}
