import { Button } from '@mantine/core';
import { IconEyeCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PlanRow } from '../../../shared/model/plan';
import { isolateTitle } from '../../ui/title-parts';
import { useAction } from '../../ui/useAction';
import classes from './PlanRow.module.css';
import { confirmRows, type PlanScope } from './plan-sessions';

/** Where a finding holds a row back until a person has looked at it: they say so here, for this row alone. */
export function ConfirmRow({ scope, row, locked }: { scope: PlanScope; row: PlanRow; locked: boolean }) {
  const { t } = useTranslation('workorders');
  const confirm = useAction({ work: () => confirmRows(scope, [row.changeId]) });
  const wanted = row.findings.some(({ confirm }) => confirm === 'wanted');
  const given = row.findings.some(({ confirm }) => confirm === 'given');
  if (wanted) {
    return (
      <div className={classes.lookedAt} data-confirm="wanted">
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconEyeCheck size={14} />}
          aria-label={t('looked.label', { title: isolateTitle(row.title) })}
          disabled={locked}
          loading={confirm.busy}
          onClick={() => confirm.run()}
        >
          {t('looked.button')}
        </Button>
        <span>{t('looked.help')}</span>
      </div>
    );
  }
  return given ? (
    <p className={classes.lookedAt} data-confirm="given">
      <IconEyeCheck size={14} aria-hidden />
      {t('looked.given')}
    </p>
  ) : null;
}
