import { useTranslation } from 'react-i18next';
import { validateField } from '../../../../shared/catalog/validate';
import { typedText } from '../../../fields/controls/control';
import { localised } from '../../../i18n';
import { Select, TextInput } from '../../../ui/inputs';
import layout from '../../../ui/layout.module.css';
import css from '../bulk.module.css';
import { readableFields } from '../rule-edit';
import type { RuleControlProps } from './rule-control';
import { WholeNumber } from './WholeNumber';

/** The record's own other field. */
export function CopyRule({ catalog, spec, rule, id, choose }: RuleControlProps<'copy'>) {
  const { t } = useTranslation('bulk');
  return (
    <Select
      id={id}
      data-field={spec.name}
      searchable
      aria-label={t('copy.from')}
      placeholder={t('copy.choose')}
      nothingFoundMessage={t('copy.none')}
      allowDeselect={false}
      data={readableFields(catalog)
        .filter((one) => one.name !== spec.name)
        .map((one) => ({ value: one.name, label: localised(one.label) }))}
      value={rule.from === '' ? null : rule.from}
      onChange={(from) => from !== null && choose({ rule: 'copy', from })}
    />
  );
}

/** The same field of one other record; which one was said where that record was at hand. */
export function SameRule({ rule }: RuleControlProps<'same'>) {
  const { t } = useTranslation('bulk');
  return (
    <p className={css.said}>
      {t('same.as')} <bdi>{rule.title}</bdi>
    </p>
  );
}

/** Makes a new secret for each record; not shown here. */
export function GenerateRule({ rule, type, leave }: RuleControlProps<'generate'>) {
  const { t } = useTranslation('bulk');
  return (
    <div className={css.parts}>
      <WholeNumber
        label={t('generate.length')}
        value={rule.length}
        min={8}
        max={64}
        onValue={(length) => type({ rule: 'generate', length })}
        onLeave={leave}
      />
      <p className={css.said}>{t('generate.each')}</p>
    </div>
  );
}

/** Adds an entry to the list, or removes one. */
export function EntryRule({
  spec,
  rule,
  offered,
  id,
  labelId,
  type,
  leave,
}: RuleControlProps<'add' | 'remove'>) {
  const { t } = useTranslation(['bulk', 'field']);
  const problem =
    offered || rule.rule === 'remove'
      ? null
      : validateField(spec, rule.value, rule.value === '' ? ' ' : null);
  return (
    <TextInput
      id={id}
      data-field={spec.name}
      aria-labelledby={labelId}
      dir="ltr"
      spellCheck={false}
      autoComplete="off"
      maxLength={1_000}
      value={rule.value}
      description={t(`bulk:${rule.rule}.help`)}
      inputWrapperOrder={['input', 'error', 'description']}
      error={problem ? t(`field:${problem.code}`, { detail: problem.detail ?? '' }) : undefined}
      onChange={(event) => type({ rule: rule.rule, value: typedText(spec, event.currentTarget) })}
      onBlur={leave}
    />
  );
}

const starts = ['later', 'itself', 'today'] as const;

/** Moves a number of days forward or back from a chosen day. */
export function DaysRule({ rule, type, choose, leave }: RuleControlProps<'days'>) {
  const { t } = useTranslation('bulk');
  return (
    <div className={css.parts}>
      <WholeNumber
        label={t('days.days')}
        value={rule.days}
        min={-36_500}
        max={36_500}
        onValue={(days) => type({ ...rule, days })}
        onLeave={leave}
      />
      <Select
        className={layout.grow}
        label={t('days.from')}
        allowDeselect={false}
        data={starts.map((value) => ({ value, label: t(`days.${value}`) }))}
        value={rule.from}
        onChange={(value) => {
          const from = starts.find((one) => one === value);
          if (from) choose({ ...rule, from });
        }}
      />
    </div>
  );
}
