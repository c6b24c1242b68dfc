import { VisuallyHidden } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { brokenPasswordRules, passwordRules } from '../../../shared/catalog/password';
import css from '../fields.module.css';

/** The parts of the panel's password rule, ticked off as one types. */
export function PasswordRules({ text, id }: { text: string; id: string }) {
  const { t } = useTranslation('editor');
  const broken = new Set(brokenPasswordRules(text));
  return (
    <ul className={css.rules} id={id} aria-label={t('rule.title')}>
      {passwordRules.map((rule) => {
        const met = !broken.has(rule);
        return (
          <li key={rule} data-rule={rule} data-met={met || undefined}>
            {met ? <IconCircleCheckFilled size={14} aria-hidden /> : <IconCircle size={14} aria-hidden />}
            {t(`rule.${rule}`)}
            <VisuallyHidden>{t(met ? 'rule.met' : 'rule.missing')}</VisuallyHidden>
          </li>
        );
      })}
    </ul>
  );
}
