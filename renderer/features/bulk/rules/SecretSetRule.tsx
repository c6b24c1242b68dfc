import { ActionIcon, Textarea, TextInput } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { generatePassword, generateSecret } from '../../../../shared/catalog/password';
import { validateField } from '../../../../shared/catalog/validate';
import { localised } from '../../../i18n';
import { inputProps } from '../../editor/controls/control';
import { PasswordRules } from '../../editor/controls/PasswordRules';
import { SecretButton } from '../../editor/controls/SecretButton';
import type { FieldState } from '../../editor/useRecordForm';
import css from '../bulk.module.css';
import type { RuleControlProps } from './rule-control';

const mask = '••••••••';

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
    value: masked ? mask : rule.value,
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
    const random = (bytes: Uint32Array<ArrayBuffer>) => crypto.getRandomValues(bytes);
    setVisible(true);
    type({
      rule: 'set',
      value: spec.type === 'password' ? generatePassword(random) : generateSecret(random),
    });
    document.getElementById(id)?.focus();
  };
  return (
    <>
      <div className={css.withButton}>
        {spec.type === 'multiline' ? (
          <Textarea {...props} className={css.grow} autosize minRows={2} maxRows={8} />
        ) : (
          <TextInput
            {...props}
            className={css.grow}
            type={visible || masked ? 'text' : 'password'}
            autoComplete="new-password"
            rightSectionPointerEvents="all"
            rightSection={
              typing ? (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={t(visible ? 'editor:secret.conceal' : 'editor:secret.show')}
                  aria-pressed={visible}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => setVisible(!visible)}
                >
                  {visible ? <IconEyeOff size={14} /> : <IconEye size={14} />}
                </ActionIcon>
              ) : null
            }
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
    if (!offered && rule.value === '') return <span className={css.caution}>{t('set.empties')}</span>;
    return t('secret.sameForAll');
  }
}
