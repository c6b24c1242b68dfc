import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { validateField } from '../../../../shared/catalog/validate';
import { ConcealButton } from '../../../fields/controls/ConcealButton';
import { inputProps } from '../../../fields/controls/control';
import { PasswordRules } from '../../../fields/controls/PasswordRules';
import { SecretButton } from '../../../fields/controls/SecretButton';
import { newSecret, secretMask } from '../../../fields/controls/secret-text';
import type { FieldState } from '../../../fields/field-state';
import { localised } from '../../../i18n';
import { Textarea, TextInput } from '../../../ui/inputs';
import layout from '../../../ui/layout.module.css';
import css from '../bulk.module.css';
import type { RuleControlProps } from './rule-control';

/**
 * One secret for all records. What is typed is sealed on its way and forgotten here when the field is left; from then
 * on only a mask stands here.
 */
export function SecretSetRule({
  spec,
  rule,
  offered,
  stored,
  typing,
  id,
  type,
  choose,
}: RuleControlProps<'set'> & {
  /** A secret is stored in the rule. */
  stored: boolean;
  typing: boolean;
}) {
  const { t } = useTranslation(['bulk', 'editor', 'field']);
  const [visible, setVisible] = useState(false);
  const names = { field: localised(spec.label) };
  const masked = stored && !typing;
  const problem = typing ? validateField(spec, rule.value, null) : null;
  const mayBeEmpty = spec.type !== 'password' && spec.required !== true;
  const field: FieldState = {
    spec,
    text: rule.value,
    shown: null,
    base: null,
    movedTo: undefined,
    changed: false,
    problem,
    draft: undefined,
  };
  const props = {
    ...inputProps({
      field,
      id,
      labelId: `${id}-name`,
      error: problem ? t(`field:${problem.code}`, { detail: problem.detail ?? '' }) : undefined,
      hint: hint(),
    }),
    'aria-label': names.field,
    value: masked ? secretMask : rule.value,
    placeholder: t('editor:secret.placeholder'),
    onFocus: (event: React.FocusEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      event.currentTarget.select(),
    onBlur: () => setVisible(false),
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      const text = event.currentTarget.value;
      type({ rule: 'set', value: masked ? text.replaceAll('•', '') : text });
    },
  };
  const generate = () => {
    setVisible(true);
    type({ rule: 'set', value: newSecret(spec) });
    document.getElementById(id)?.focus();
  };
  return (
    <>
      <div className={css.withButton}>
        {spec.type === 'multiline' ? (
          <Textarea {...props} className={layout.grow} autosize minRows={2} maxRows={8} />
        ) : (
          <TextInput
            {...props}
            className={layout.grow}
            type={visible || masked ? 'text' : 'password'}
            autoComplete="new-password"
            rightSectionPointerEvents="all"
            rightSection={typing ? <ConcealButton visible={visible} onChange={setVisible} /> : null}
          />
        )}
        {spec.type === 'multiline' ? null : (
          <SecretButton
            word={t('editor:secret.generate')}
            name={t('editor:secret.generateOf', names)}
            onClick={generate}
          />
        )}
        {offered && mayBeEmpty ? (
          <SecretButton
            word={t('set.empty')}
            name={t('set.emptyOf', names)}
            onClick={() => choose({ rule: 'set', value: '' })}
          />
        ) : null}
      </div>
      {spec.type === 'password' && typing ? <PasswordRules id={`${id}-rules`} text={rule.value} /> : null}
    </>
  );

  function hint() {
    if (masked) return t('secret.kept');
    if (!offered && rule.value === '') return <span className={layout.warning}>{t('set.empties')}</span>;
    return t('secret.sameForAll');
  }
}
