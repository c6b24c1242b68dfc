import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { directionOfField } from '../../../fields/controls/control';
import { TextInput } from '../../../ui/inputs';
import layout from '../../../ui/layout.module.css';
import css from '../bulk.module.css';
import type { RuleControlProps } from './rule-control';

/** Finds a part of each value and puts something else in its place. */
export function ReplaceRule({ spec, rule, id, type, choose, leave }: RuleControlProps<'replace'>) {
  const { t } = useTranslation('bulk');
  const broken = rule.pattern && !isPattern(rule.find);
  const dir = directionOfField(spec);
  return (
    <>
      <div className={css.parts}>
        <TextInput
          id={id}
          className={layout.grow}
          data-field={spec.name}
          label={t('replace.find')}
          dir={rule.pattern ? 'ltr' : dir}
          spellCheck={false}
          autoComplete="off"
          maxLength={1_000}
          value={rule.find}
          error={broken ? t('replace.badPattern') : undefined}
          onChange={(event) => type({ ...rule, find: event.currentTarget.value })}
          onBlur={leave}
        />
        <TextInput
          className={layout.grow}
          label={t('replace.with')}
          dir={dir}
          spellCheck={false}
          autoComplete="off"
          maxLength={10_000}
          value={rule.with}
          onChange={(event) => type({ ...rule, with: event.currentTarget.value })}
          onBlur={leave}
        />
      </div>
      <div className={css.options}>
        <Checkbox
          size="xs"
          label={t('replace.matchCase')}
          checked={rule.matchCase}
          onChange={(event) => choose({ ...rule, matchCase: event.currentTarget.checked })}
        />
        <Checkbox
          size="xs"
          label={t('replace.pattern')}
          checked={rule.pattern}
          onChange={(event) => choose({ ...rule, pattern: event.currentTarget.checked })}
        />
      </div>
    </>
  );
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') !== null;
  } catch {
    return false;
  }
}
