import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ofCollection } from '../../../../shared/catalog';
import type { TransferPreview, TransferProblem } from '../../../../shared/transfer';
import { formatCount } from '../../../i18n';
import { FieldLabel } from '../../../ui/DiffLine';
import layout from '../../../ui/layout.module.css';
import classes from './transfer.module.css';

// Beyond this a list is not read any more; the changes themselves show the rest.
const shownAtMost = 50;

/** What of a file is not taken in and why, and what to know about the rest. */
export function FileProblems({ preview }: { preview: TransferPreview }) {
  const { t } = useTranslation('transfer');
  const blocking = preview.problems.filter((one) => one.blocking);
  const others = preview.problems.filter((one) => !one.blocking);
  return (
    <>
      {blocking.length > 0 ? (
        <Alert
          color="yellow"
          variant="light"
          p="sm"
          icon={<IconCircleOff size={18} />}
          title={t('problems.notTaken')}
        >
          <ProblemList problems={blocking} preview={preview} />
        </Alert>
      ) : null}
      {others.length > 0 ? (
        <Alert
          color="blue"
          variant="light"
          p="sm"
          icon={<IconAlertTriangle size={18} />}
          title={t('problems.toKnow')}
        >
          <ProblemList problems={others} preview={preview} />
        </Alert>
      ) : null}
    </>
  );
}

function ProblemList({
  problems,
  preview,
}: {
  problems: readonly TransferProblem[];
  preview: TransferPreview;
}) {
  const { t } = useTranslation('transfer');
  const more = problems.length - shownAtMost;
  return (
    <>
      <ul className={classes.problems}>
        {problems.slice(0, shownAtMost).map((one) => (
          <ProblemLine
            key={`${one.connectionKey} ${one.title} ${one.field} ${one.code}`}
            problem={one}
            connection={preview.connections.find(({ key }) => key === one.connectionKey)}
          />
        ))}
      </ul>
      {more > 0 ? (
        <Text size="sm" c="dimmed">
          {t('problems.more', { count: more, n: formatCount(more) })}
        </Text>
      ) : null}
    </>
  );
}

function ProblemLine({
  problem: { code, title, field },
  connection,
}: {
  problem: TransferProblem;
  connection: TransferPreview['connections'][number] | undefined;
}) {
  const { t } = useTranslation('transfer');
  return (
    <li data-problem={code}>
      <bdi className={layout.strong}>{title ?? connection?.name}</bdi>
      {field === null || !connection ? null : (
        <>
          {' · '}
          <FieldLabel of={ofCollection({ kind: connection.kind })} field={field} />
        </>
      )}
      {': '}
      {t(`problems.${code}`)}
    </li>
  );
}
