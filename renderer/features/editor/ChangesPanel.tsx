import { ActionIcon, Text, UnstyledButton } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ShownValue } from '../../../shared/model/record';
import { useEditor } from '../../fields/EditorContext';
import type { FieldState } from '../../fields/field-state';
import { localised } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { keys } from '../../program/queries';
import { Arrow } from '../../ui/DiffLine';
import { isolate } from '../../ui/isolate';
import layout from '../../ui/layout.module.css';
import { ShownText } from '../../ui/ShownText';
import css from './editor.module.css';
import type { RecordForm } from './useRecordForm';

/** What would be written: field, from, to; a click goes there, the arrow takes it back. */
export function ChangesPanel({ form, onGoTo }: { form: RecordForm; onGoTo: (field: string) => void }) {
  const { t } = useTranslation('editor');
  const { data } = useQuery({
    queryKey: keys.workOrder(),
    queryFn: () => ask(patchbay.workOrders.current()),
  });
  const workOrder = isolate(data ? `WO-${data.number}` : 'WO');
  const title = t('changes.title', { workOrder });
  return (
    <section className={css.panelSection} aria-label={title}>
      <h3 className={css.sectionTitle}>{title}</h3>
      {form.changed.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('changes.none')}
        </Text>
      ) : (
        <ul className={css.changeList}>
          {form.changed.map((field) => (
            <ChangeItem key={field.spec.name} field={field} onGoTo={onGoTo} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ChangeItem({ field, onGoTo }: { field: FieldState; onGoTo: (field: string) => void }) {
  const { t } = useTranslation('editor');
  const { undo } = useEditor();
  const { spec, base, problem } = field;
  const label = localised(spec.label);
  return (
    <li className={css.change} data-change={spec.name} data-invalid={problem ? true : undefined}>
      <UnstyledButton
        className={css.changeGo}
        title={t('changes.goTo', { field: label })}
        onClick={() => onGoTo(spec.name)}
      >
        <span className={css.changeLabel}>{label}</span>
        <span className={css.changeValues}>
          {spec.writeOnly ? null : (
            <>
              <span className={css.from}>
                <ShownText value={base} spec={spec} />
              </span>
              <Arrow />
            </>
          )}
          <span className={layout.whole}>
            {spec.secret ? t('secret.state.new') : <ShownText value={nextOf(field)} spec={spec} />}
          </span>
        </span>
      </UnstyledButton>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={22}
        aria-label={t('changes.undo', { field: label })}
        title={t('changes.undo', { field: label })}
        onClick={() => undo(spec.name)}
      >
        <IconArrowBackUp size={15} />
      </ActionIcon>
    </li>
  );
}

function nextOf({ draft, text, shown }: FieldState): ShownValue {
  return draft ? text : shown;
}
