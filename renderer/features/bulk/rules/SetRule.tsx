import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldSpec } from '../../../../shared/catalog';
import { validateField } from '../../../../shared/catalog/validate';
import type { ConnectionId } from '../../../../shared/model/connection';
import { ControlHostContext } from '../../../fields/EditorContext';
import { FieldControl } from '../../../fields/FieldControl';
import type { FieldState } from '../../../fields/field-state';
import { localised } from '../../../i18n';
import layout from '../../../ui/layout.module.css';
import css from '../bulk.module.css';
import type { RuleControlProps } from './rule-control';

// Represents any value of a record: whether a field may be emptied is asked of a non-empty field.
const anyValue = ' ';

/** The same value for all, in the editor's own control. */
export function SetRule({
  spec,
  rule,
  offered,
  id,
  labelId,
  common,
  connectionId,
  type,
  choose,
  leave,
}: RuleControlProps<'set'> & { connectionId: ConnectionId | null }) {
  const { t } = useTranslation(['bulk', 'field']);
  const host = useMemo(
    () => ({
      connectionId,
      saver: {
        type: (_: FieldSpec, text: string) => type({ rule: 'set', value: text }),
        choose: (_: FieldSpec, text: string) => choose({ rule: 'set', value: text }),
        leave: () => leave(),
        flush: () => Promise.resolve(true),
      },
    }),
    [connectionId, type, choose, leave],
  );
  const problem = offered ? null : validateField(spec, rule.value, rule.value === '' ? anyValue : null);
  const mayBeEmpty = validateField(spec, '', anyValue) === null;
  const field: FieldState = {
    // Without a server there is no list of its values.
    spec: connectionId === null ? withoutLists(spec) : spec,
    text: rule.value,
    shown: rule.value,
    base: common,
    movedTo: undefined,
    changed: false,
    problem,
    draft: undefined,
  };
  const empties = rule.value === '' && !offered && mayBeEmpty;
  return (
    <ControlHostContext value={host}>
      <div className={css.withButton}>
        <div className={layout.grow}>
          <FieldControl
            field={field}
            id={id}
            labelId={labelId}
            error={problem ? t(`field:${problem.code}`, { detail: problem.detail ?? '' }) : undefined}
            hint={empties ? <span className={layout.warning}>{t('set.empties')}</span> : undefined}
          />
        </div>
        {offered && mayBeEmpty ? (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={t('set.emptyOf', { field: localised(spec.label) })}
            onClick={() => choose({ rule: 'set', value: '' })}
          >
            {t('set.empty')}
          </Button>
        ) : null}
      </div>
    </ControlHostContext>
  );
}

function withoutLists({ suggest: _, ...spec }: FieldSpec): FieldSpec {
  return spec;
}
