import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { fieldSpec, type Kind } from '../../../shared/catalog';
import type { PlanField, PlanRow } from '../../../shared/model/plan';
import { formatCount, localised } from '../../i18n';
import { FieldLabel } from '../../ui/DiffLine';
import { isolateLabel } from '../../ui/field-label';
import { isolate } from '../../ui/isolate';
import { ShownText } from '../../ui/ShownText';
import { editChange } from './edit-change';
import classes from './PlanTab.module.css';
import { type PlanScope, sessionOf } from './plan-sessions';
import { useWorkOrder, workOrderName } from './queries';
import { type Conflict, conflictsIn, type Keep, settle } from './settle';

/** A field that somebody changed on the server meanwhile: the three values side by side, and the ways out. */
export function ConflictField({
  scope,
  row,
  field,
  kind,
  locked,
}: {
  scope: PlanScope;
  row: PlanRow;
  field: PlanField;
  kind: Kind;
  locked: boolean;
}) {
  const { t } = useTranslation('workorders');
  const order = useWorkOrder(scope.workOrderId);
  const spec = fieldSpec(kind, field.field);
  const keep = (which: Keep) => () => void settle(scope, [{ row, field }], which);
  const values = [
    ['conflict.base', field.base],
    ['conflict.live', field.live],
    ['conflict.next', field.next],
  ] as const;
  return (
    <div className={classes.conflict} data-diff={field.field}>
      <strong className={classes.conflictName}>
        <FieldLabel kind={kind} field={field.field} />
      </strong>
      {values.map(([label, value]) => (
        <div key={label} className={classes.conflictValue}>
          <span className={classes.quiet}>{t(label)}</span>
          <ShownText value={value} spec={spec} />
        </div>
      ))}
      <Group gap={4} wrap="nowrap">
        <Button size="compact-xs" variant="default" disabled={locked} onClick={keep('mine')}>
          {t('conflict.mine')}
        </Button>
        <Button size="compact-xs" variant="default" disabled={locked} onClick={keep('theirs')}>
          {t('conflict.theirs')}
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          disabled={locked}
          title={
            order?.current === false ? t('conflict.editHelp', { name: workOrderName(order) }) : undefined
          }
          onClick={() => void editChange(scope.workOrderId, row, spec?.tab ?? null)}
        >
          {t('conflict.edit')}
        </Button>
        <LikeIt scope={scope} row={row} field={field} kind={kind} locked={locked} />
      </Group>
    </div>
  );
}

/** The same answer for more than this field: the whole row, the field in all rows. */
function LikeIt({
  scope,
  row,
  field,
  kind,
  locked,
}: {
  scope: PlanScope;
  row: PlanRow;
  field: PlanField;
  kind: Kind;
  locked: boolean;
}) {
  const { t } = useTranslation('workorders');
  const spec = fieldSpec(kind, field.field);
  const label = spec ? isolateLabel(localised(spec.label)) : isolate(field.field);
  return (
    <Menu withinPortal position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={22} disabled={locked} aria-label={t('settle.likeIt')}>
          <IconDots size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Choices label={t('settle.row')} scope={scope} find={() => conflictsIn([row])} />
        <Menu.Divider />
        <Choices
          label={t('settle.field', { field: label })}
          scope={scope}
          find={() => conflictsIn(sessionOf(scope).rows).filter((one) => one.field.field === field.field)}
        />
      </Menu.Dropdown>
    </Menu>
  );
}

function Choices({
  label,
  scope,
  find,
}: {
  label: string;
  scope: PlanScope;
  find: () => readonly Conflict[];
}) {
  const { t } = useTranslation('workorders');
  const conflicts = find();
  const n = formatCount(conflicts.length);
  return (
    <>
      <Menu.Label>{label}</Menu.Label>
      {(['mine', 'theirs'] as const).map((keep) => (
        <Menu.Item key={keep} onClick={() => void settle(scope, conflicts, keep)}>
          {t(`settle.${keep}`, { count: conflicts.length, n })}
        </Menu.Item>
      ))}
    </>
  );
}
