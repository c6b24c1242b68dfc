import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldSpec } from '../../../../shared/catalog';
import { validateField } from '../../../../shared/catalog/validate';
import type { ConnectionId } from '../../../../shared/model/connection';
import { localised } from '../../../i18n';
import { ControlHostContext } from '../../editor/EditorContext';
import { FieldControl } from '../../editor/FieldControl';
import type { FieldState } from '../../editor/useRecordForm';
import css from '../bulk.module.css';
import type { RuleControlProps } from './rule-control';

// Stands for any value that a record may have: whether the field may be emptied is asked of a field that is not empty.
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
    // A list of a server's values is of no use where there is no server.
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
        <div className={css.grow}>
          <FieldControl
            field={field}
            id={id}
            labelId={labelId}
            error={problem ? t(`field:${problem.code}`, { detail: problem.detail ?? '' }) : undefined}
            hint={empties ? <span className={css.caution}>{t('set.empties')}</span> : undefined}
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
