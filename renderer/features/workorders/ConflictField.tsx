import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { fieldSpec, type Kind } from '../../../shared/catalog';
import type { PlanField, PlanRow } from '../../../shared/model/plan';
import { ask, patchbay, problemOf } from '../../bridge';
import { FieldLabel } from '../../ui/DiffLine';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { ShownText } from '../../ui/ShownText';
import { useWorkspace } from '../../workspace';
import classes from './PlanTab.module.css';
import { type PlanScope, readPlan } from './plan-sessions';

/** A field that somebody changed on the server meanwhile: the three values side by side, and the ways out. */
export function ConflictField({
  scope,
  planId,
  row,
  field,
  kind,
  locked,
}: {
  scope: PlanScope;
  planId: string;
  row: PlanRow;
  field: PlanField;
  kind: Kind;
  locked: boolean;
}) {
  const { t } = useTranslation('workorders');
  const spec = fieldSpec(kind, field.field);
  const settle = useMutation({
    mutationFn: (keep: 'mine' | 'theirs') =>
      ask(patchbay.changes.settle({ planId, changeId: row.changeId, field: field.field, keep })),
    onSuccess: () => readPlan(scope),
  });
  const { connectionId, remoteId, title } = row;
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
        <Button
          size="compact-xs"
          variant="default"
          disabled={locked || settle.isPending}
          onClick={() => settle.mutate('mine')}
        >
          {t('conflict.mine')}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          disabled={locked || settle.isPending}
          onClick={() => settle.mutate('theirs')}
        >
          {t('conflict.theirs')}
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() =>
            useWorkspace
              .getState()
              .open({ type: 'editor', connectionId, remoteId, title, page: spec?.tab ?? null })
          }
        >
          {t('conflict.edit')}
        </Button>
      </Group>
      {settle.error ? (
        <div className={classes.conflictProblem}>
          <ProblemAlert problem={problemOf(settle.error)} />
        </div>
      ) : null}
    </div>
  );
}
