import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { fieldSpec, type OfCollection } from '../../../shared/catalog';
import type { PlanField, PlanRow } from '../../../shared/model/plan';
import { formatCount, localised } from '../../i18n';
import { useWorkOrder, workOrderName } from '../../program/work-orders';
import { FieldLabel } from '../../ui/DiffLine';
import { isolateLabel } from '../../ui/field-label';
import { isolate } from '../../ui/isolate';
import { ShownText } from '../../ui/ShownText';
import { countConflicts, type Which } from './conflicts';
import { editChange } from './edit-change';
import classes from './PlanRow.module.css';
import { type PlanScope, sessionOf } from './plan-sessions';
import { type Keep, settle } from './settle';

interface ConflictProps {
  scope: PlanScope;
  row: PlanRow;
  field: PlanField;
  of: OfCollection;
  locked: boolean;
}

/** A field that somebody changed on the server meanwhile: the three values side by side, and the ways out. */
export function ConflictField({ scope, row, field, of, locked }: ConflictProps) {
  const { t } = useTranslation('workorders');
  const order = useWorkOrder(scope.workOrderId);
  const spec = fieldSpec(of, field.field);
  const conflict = { changeId: row.changeId, field: field.field };
  const keep = (which: Keep) => () => void settle(scope, conflict, which);
  const values = [
    ['conflict.base', field.base],
    ['conflict.live', field.live],
    ['conflict.next', field.next],
  ] as const;
  return (
    <div className={classes.conflict} data-diff={field.field}>
      <strong className={classes.conflictName}>
        <FieldLabel of={of} field={field.field} />
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
        <LikeIt scope={scope} row={row} field={field} of={of} locked={locked} />
      </Group>
    </div>
  );
}

/** The same answer for more than this field: the whole row, the field in all rows. */
function LikeIt({ scope, row, field, of, locked }: ConflictProps) {
  const { t } = useTranslation('workorders');
  const spec = fieldSpec(of, field.field);
  const label = spec ? isolateLabel(localised(spec.label)) : isolate(field.field);
  return (
    <Menu withinPortal position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={22} disabled={locked} aria-label={t('settle.likeIt')}>
          <IconDots size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Choices label={t('settle.row')} scope={scope} which={{ changeId: row.changeId, field: null }} />
        <Menu.Divider />
        <Choices
          label={t('settle.field', { field: label })}
          scope={scope}
          which={{ changeId: null, field: field.field }}
        />
      </Menu.Dropdown>
    </Menu>
  );
}

function Choices({ label, scope, which }: { label: string; scope: PlanScope; which: Which }) {
  const { t } = useTranslation('workorders');
  const count = countConflicts(sessionOf(scope).rows, which);
  const n = formatCount(count);
  return (
    <>
      <Menu.Label>{label}</Menu.Label>
      {(['mine', 'theirs'] as const).map((keep) => (
        <Menu.Item key={keep} onClick={() => void settle(scope, which, keep)}>
          {t(`settle.${keep}`, { count, n })}
        </Menu.Item>
      ))}
    </>
  );
}
