import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { memo, useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldSpec } from '../../../shared/catalog';
import type { ShownValue } from '../../../shared/model/record';
import { useEditor } from '../../fields/EditorContext';
import { FieldControl } from '../../fields/FieldControl';
import { FieldInfo } from '../../fields/FieldInfo';
import type { FieldState } from '../../fields/field-state';
import controls from '../../fields/fields.module.css';
import { localised } from '../../i18n';
import { formatDay } from '../../ui/days';
import { isolate } from '../../ui/isolate';
import layout from '../../ui/layout.module.css';
import css from './editor.module.css';

/** Types that have no input for a label to point at. */
const grouped = new Set(['flag', 'bit', 'json']);

/** One field of the form: mark, label, control, and the way back. */
export const FieldRow = memo(function FieldRow({ field }: { field: FieldState }) {
  const { t } = useTranslation(['editor', 'field']);
  const id = useId();
  const { saver, undo } = useEditor();
  const { spec, base, changed, problem } = field;
  const label = localised(spec.label);
  const labelId = `${id}-name`;
  const baseWords = useValueWords(spec, base);
  const error = problem ? t(`field:${problem.code}`, { detail: problem.detail ?? '' }) : undefined;
  const movedWords = useValueWords(spec, field.movedTo ?? null);
  const hint = field.movedTo === undefined ? null : t('field.movedOn', { value: movedWords });
  // Turning to another page or closing the tab leaves the field like tabbing out of it.
  useEffect(() => () => saver.leave(spec), [saver, spec]);
  const name = (
    <>
      {label}
      {spec.required ? <span className={layout.muted}> *</span> : null}
    </>
  );
  return (
    <div
      className={css.field}
      data-short={spec.short || undefined}
      data-changed={changed || undefined}
      data-invalid={problem ? true : undefined}
      data-row={spec.name}
    >
      {changed ? (
        <Tooltip label={t('field.was', { base: baseWords })} position="top-start" maw={360} multiline>
          <span className={css.changedMark} />
        </Tooltip>
      ) : (
        <span />
      )}
      <div className={css.label}>
        {grouped.has(spec.type) ? (
          <span id={labelId}>{name}</span>
        ) : (
          <label id={labelId} htmlFor={id}>
            {name}
          </label>
        )}
        <FieldInfo spec={spec} />
      </div>
      <div className={`${css.control} ${controls.control}`}>
        <FieldControl field={field} id={id} labelId={labelId} error={error} hint={hint} />
      </div>
      {changed ? (
        <Tooltip label={t('field.undo', { field: label, base: baseWords })} maw={360} multiline>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={22}
            // No stop on the way from field to field: a key undoes the field that one is in.
            tabIndex={-1}
            data-undo
            className={css.undo}
            aria-label={t('field.undo', { field: label, base: baseWords })}
            onClick={() => undo(spec.name)}
          >
            <IconArrowBackUp size={15} />
          </ActionIcon>
        </Tooltip>
      ) : (
        <span />
      )}
    </div>
  );
});

/** A value in words, for names and hovers: an allowed value's label, the text, a secret's state. */
function useValueWords(spec: FieldSpec, value: ShownValue): string {
  const { t } = useTranslation('editor');
  if (value !== null && typeof value === 'object') return t(`secret.state.${value.secret}`);
  if (value === null || value === '') return t('field.emptyValue');
  const listed = spec.values?.find((one) => one.value === value);
  // Isolated, so that a number inside a Persian sentence stays the number it is.
  if (listed) return localised(listed.label);
  return isolate((spec.type === 'date' ? formatDay(value) : null) ?? value);
}
