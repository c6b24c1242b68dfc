import { Button, Radio, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../../shared/model/problem';
import type { RevertWhat } from '../../../shared/model/revert';
import { formatCount } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { workOrderName } from '../../program/work-orders';
import { DiffLine } from '../../ui/DiffLine';
import { isolate } from '../../ui/isolate';
import layout from '../../ui/layout.module.css';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { RecordTitle } from '../../ui/RecordTitle';

const pageSize = 50;

/** What would be taken back, line by line, and the work order that takes it; seen before anything is prepared. */
export function RevertPreview({
  of,
  own,
  choose,
  onChoose,
}: {
  of: RevertWhat;
  own: boolean;
  /** Whether it may go into a work order of its own. */
  choose: boolean;
  onChoose: (own: boolean) => void;
}) {
  const { t } = useTranslation('journal');
  const { data, error, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: ['journal', 'revertPreview', of],
    queryFn: ({ pageParam }) =>
      ask(patchbay.journal.revertPreview({ of, offset: pageParam, limit: pageSize })),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      pages.length * pageSize < last.total ? pages.length * pageSize : null,
  });
  if (error) return <ProblemAlert problem={problemOf(error)} />;
  const [first] = data?.pages ?? [];
  if (!first) return null;
  const lines = data?.pages.flatMap((page) => page.lines) ?? [];
  const name = isolate(workOrderName(first.current));
  const current = first.current.isNew ? t('revert.newOrder', { name }) : t('revert.currentOrder', { name });
  return (
    <Stack gap="sm" data-preview={first.total}>
      {choose ? (
        <>
          <Text size="sm" fw={600}>
            {t('revert.list', {
              records: t('report.changes', { count: first.records, n: formatCount(first.records) }),
              fields: t('report.fields', { count: first.total, n: formatCount(first.total) }),
            })}
          </Text>
          <ul className={layout.leftOut}>
            {lines.map((line) => (
              <li key={`${line.connectionId} ${line.remoteId} ${line.field}`} data-line={line.field}>
                <span className={layout.strong}>
                  <RecordTitle title={line.title} />
                </span>
                <DiffLine of={line} field={line.field} from={line.from} to={line.to} />
              </li>
            ))}
          </ul>
          {hasNextPage ? (
            <Button variant="default" size="xs" loading={isFetching} onClick={() => void fetchNextPage()}>
              {t('revert.more', {
                count: first.total - lines.length,
                n: formatCount(first.total - lines.length),
              })}
            </Button>
          ) : null}
          {first.left.length > 0 ? (
            <Text size="sm" c="dimmed">
              {t('revert.left', { count: first.left.length, n: formatCount(first.left.length) })}
            </Text>
          ) : null}
          <Radio.Group
            label={t('revert.into')}
            value={own ? 'own' : 'current'}
            onChange={(value) => onChoose(value === 'own')}
          >
            <Stack gap={6} mt={6}>
              <Radio size="xs" value="own" label={t('revert.intoOwn')} />
              <Radio size="xs" value="current" label={current} />
            </Stack>
          </Radio.Group>
        </>
      ) : null}
      <Text size="sm" c="dimmed">
        {own ? t('revert.promiseOwn') : t('revert.promise', { name: current })}
      </Text>
    </Stack>
  );
}
