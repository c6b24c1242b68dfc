import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ofCollection } from '../../../shared/catalog';
import type { WorkOrder } from '../../../shared/model/change';
import type { JournalItem } from '../../../shared/model/journal';
import type { RevertReport } from '../../../shared/model/revert';
import { formatCount } from '../../i18n';
import { workOrderName } from '../../program/work-orders';
import { FieldLabel } from '../../ui/DiffLine';
import { isolate } from '../../ui/isolate';
import layout from '../../ui/layout.module.css';
import { RecordTitle } from '../../ui/RecordTitle';
import { openPlan } from '../workorders';

/** Beyond this many lines only the count is useful. */
const listed = 100;

/** What is prepared now, in which work order, and what cannot be taken back and why; the next step is the plan. */
export function RevertResult({
  item,
  report: { changes, fields, left },
  into,
  onClose,
}: {
  item: JournalItem;
  report: RevertReport;
  into: WorkOrder;
  onClose: () => void;
}) {
  const { t } = useTranslation('journal');
  const name = isolate(workOrderName(into));
  return (
    <Stack gap="md" data-report={changes}>
      <Alert
        color={changes > 0 ? 'green' : 'yellow'}
        p="sm"
        icon={changes > 0 ? <IconCircleCheck size={18} /> : <IconAlertTriangle size={18} />}
        role="status"
      >
        <Text size="sm">
          {changes > 0
            ? t('report.prepared', {
                changes: t('report.changes', { count: changes, n: formatCount(changes) }),
                fields: t('report.fields', { count: fields, n: formatCount(fields) }),
                name,
              })
            : t('report.nothing')}
        </Text>
        {changes > 0 ? <Text size="sm">{t('report.notWritten')}</Text> : null}
      </Alert>
      {left.length > 0 ? (
        <section aria-label={t('report.left')}>
          <Text size="sm" fw={600} mb={4}>
            {t('report.left')}
          </Text>
          <ul className={layout.leftOut}>
            {left.slice(0, listed).map((one) => (
              <li
                key={one.what === 'field' ? `${one.title} ${one.field}` : one.title}
                data-left={one.what === 'field' ? one.field : ''}
                data-why={one.why}
              >
                <span className={layout.strong}>
                  <RecordTitle title={one.title} />
                </span>
                {' · '}
                {one.what === 'field' ? (
                  <FieldLabel of={ofCollection(item)} field={one.field} />
                ) : (
                  t('report.wholeRecord')
                )}
                <span className={layout.muted}>
                  {' '}
                  —{' '}
                  {one.what === 'field'
                    ? t(`report.why.field.${one.why}`)
                    : t(`report.why.record.${one.why}`)}
                </span>
              </li>
            ))}
          </ul>
          {left.length > listed ? (
            <Text size="sm" c="dimmed">
              {t('report.more', { count: left.length - listed, n: formatCount(left.length - listed) })}
            </Text>
          ) : null}
        </section>
      ) : null}
      <Group gap="sm" justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus={changes === 0 || undefined}>
          {t('close')}
        </Button>
        {changes > 0 ? (
          <Button
            data-autofocus
            autoFocus
            onClick={() => {
              onClose();
              void openPlan({ workOrderId: into.id });
            }}
          >
            {t('report.plan', { name })}
          </Button>
        ) : null}
      </Group>
    </Stack>
  );
}
