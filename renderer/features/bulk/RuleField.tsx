import { Switch } from '@mantine/core';
import { memo, useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { rulesFor, type ShownRule, type TypedRule } from '../../../shared/bulk/rule';
import type { Catalog, FieldSpec } from '../../../shared/catalog';
import type { ConnectionId } from '../../../shared/model/connection';
import type { BulkField } from '../../../shared/model/many';
import { FieldInfo } from '../../fields/FieldInfo';
import { localised } from '../../i18n';
import { Select } from '../../ui/inputs';
import layout from '../../ui/layout.module.css';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { ShownText } from '../../ui/ShownText';
import css from './bulk.module.css';
import { RuleControl } from './RuleControl';
import { firstRule, setsSecret } from './rule-edit';
import { type Offers, useRuleDraft } from './useRuleDraft';

/**
 * One field of many records: kept as it is, or overwritten by a rule. Whatever is typed is handed to `onRule` within
 * 150 ms.
 */
export const RuleField = memo(function RuleField({
  catalog,
  spec,
  rule,
  onRule,
  connectionId,
  present,
  onUnsaved,
  offers,
}: {
  catalog: Catalog;
  spec: FieldSpec;
  /** The stored rule, null where the field is kept. */
  rule: ShownRule | null;
  /** Stores it; comes back when `rule` is what it became. */
  onRule: (rule: TypedRule | null) => Promise<void>;
  /** Whose lists suggest values; null where the rules are for no server in particular. */
  connectionId: ConnectionId | null;
  /** What the field is over all records, where there are records. */
  present?: BulkField | undefined;
  /** Told when what is shown is not yet what is stored, and when it is. */
  onUnsaved?: (unsaved: boolean) => void;
  /** Where a rule that says nothing yet is kept while the field is not shown. */
  offers?: Offers;
}) {
  const { t } = useTranslation('bulk');
  const id = useId();
  const draft = useRuleDraft(spec, rule, onRule, offers);
  const { unsaved } = draft;
  useEffect(() => {
    if (!unsaved || !onUnsaved) return;
    onUnsaved(true);
    return () => onUnsaved(false);
  }, [unsaved, onUnsaved]);
  const label = localised(spec.label);
  const common = present && !present.various ? present.value : null;
  const names = rulesFor(spec).filter((name) => name !== 'same' || rule?.rule === 'same');
  const start = (name: (typeof names)[number]) => {
    const first = firstRule(name, draft.rule, typeof common === 'string' ? common : null);
    if (first.blank) draft.offer(first.rule);
    else draft.choose(first.rule);
  };
  const switchTo = (overwrite: boolean) => {
    const [usual] = names;
    if (!overwrite) draft.choose(null);
    else if (usual) start(usual);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that focus left the controls inside
    <div
      className={css.field}
      data-rule-field={spec.name}
      data-rule={draft.rule?.rule}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) draft.leave();
      }}
    >
      <Switch
        className={css.switch}
        size="xs"
        checked={draft.rule !== null}
        aria-label={t('overwrite', { field: label })}
        title={t(draft.rule ? 'overwritten' : 'kept')}
        onChange={(event) => switchTo(event.currentTarget.checked)}
      />
      <div className={css.label}>
        <label id={`${id}-name`} htmlFor={id}>
          {label}
        </label>
        <FieldInfo spec={spec} />
      </div>
      {draft.rule ? (
        <div className={css.rule}>
          <div className={layout.row}>
            <Select
              className={css.chooser}
              size="xs"
              data-chooser
              aria-label={t('how', { field: label })}
              data={names.map((name) => ({ value: name, label: t(`rule.${name}`) }))}
              value={draft.rule.rule}
              allowDeselect={false}
              comboboxProps={{ width: 220, position: 'bottom-start' }}
              onChange={(value) => {
                const name = names.find((one) => one === value);
                if (name && name !== draft.rule?.rule) start(name);
              }}
            />
            {present ? (
              <span className={css.now}>
                {t('now')} <Present present={present} spec={spec} />
              </span>
            ) : null}
          </div>
          <RuleControl
            catalog={catalog}
            spec={spec}
            rule={draft.rule}
            offered={draft.offered}
            stored={setsSecret(rule)}
            typing={draft.typing}
            id={id}
            labelId={`${id}-name`}
            common={common}
            connectionId={connectionId}
            type={draft.type}
            choose={draft.choose}
            leave={draft.leave}
          />
          {draft.offered ? <p className={layout.said}>{t('nothingYet')}</p> : null}
          {draft.problem ? <ProblemAlert problem={draft.problem} /> : null}
        </div>
      ) : (
        <span className={css.present}>{present ? <Present present={present} spec={spec} /> : t('kept')}</span>
      )}
    </div>
  );
});

function Present({ present, spec }: { present: BulkField; spec: FieldSpec }) {
  const { t } = useTranslation('bulk');
  return present.various ? (
    <i className={layout.muted} data-various>
      {t('various')}
    </i>
  ) : (
    <ShownText value={present.value} spec={spec} />
  );
}
