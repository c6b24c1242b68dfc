import { Anchor, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ofCollection } from '../../../shared/catalog';
import type { JournalItem } from '../../../shared/model/journal';
import type { RowOutcome } from '../../../shared/model/plan';
import type { Problem } from '../../../shared/model/problem';
import { DiffLine } from '../../ui/DiffLine';
import { isolate } from '../../ui/isolate';
import { Ltr } from '../../ui/Ltr';
import { OutcomeDetail } from '../../ui/OutcomeDetail';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { openPlan } from '../workorders';
import { EntryActions } from './EntryActions';
import { exactMoment } from './exact-moment';
import classes from './JournalRow.module.css';
import { NoteWords } from './NoteWords';
import type { HistoryRequest } from './requests';

/** All of one entry: each field before → after, the outcome, where it belongs, and actions. */
export function JournalDetail({
  item,
  connectionGone,
  decideProblem,
  onAsk,
}: {
  item: JournalItem;
  connectionGone: boolean;
  decideProblem: Problem | null;
  onAsk: (request: HistoryRequest) => void;
}) {
  const { t } = useTranslation('journal');
  const of = ofCollection(item);
  return (
    <Stack gap="sm" className={classes.detail}>
      {decideProblem ? <ProblemAlert problem={decideProblem} /> : null}
      {item.type === 'write' ? (
        <section aria-label={t('detail.fields')}>
          {item.fields.map((one) => (
            <DiffLine key={one.field} of={of} field={one.field} from={one.before} to={one.after} />
          ))}
        </section>
      ) : null}
      {item.note ? (
        <Text size="sm">
          <NoteWords note={item.note} />
        </Text>
      ) : null}
      {of && item.result && hasMore(item.result) ? <OutcomeDetail of={of} result={item.result} /> : null}
      <dl className={classes.facts}>
        <Fact label={t('detail.workOrder')}>
          <WorkOrderLink item={item} />
        </Fact>
        <Fact label={t('detail.site')}>{item.site === '' ? null : <bdi>{item.site}</bdi>}</Fact>
        <Fact label={t('detail.connection')}>
          {item.connectionName === '' ? null : <bdi>{item.connectionName}</bdi>}
        </Fact>
        <Fact label={t('detail.who')}>{item.actor === '' ? null : <bdi>{item.actor}</bdi>}</Fact>
        <Fact label={t('detail.entry')}>
          <Ltr>{item.seq}</Ltr>
        </Fact>
        <Fact label={t('detail.id')}>{item.remoteId === '' ? null : <Ltr>{item.remoteId}</Ltr>}</Fact>
        <Fact label={t('detail.ended')}>{item.endedAt === null ? null : exactMoment(item.endedAt)}</Fact>
      </dl>
      <EntryActions item={item} connectionGone={connectionGone} onAsk={onAsk} />
    </Stack>
  );
}

/** Whether the outcome has more details than its one word. */
function hasMore({ problem, notStored, sideEffects, unverifiable }: RowOutcome): boolean {
  return problem !== null || notStored.length + sideEffects.length + unverifiable.length > 0;
}

/** A name and its value; nothing if the value is empty. */
function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (children === null) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The work order's name, which leads to the plan and run that the entry came from. */
function WorkOrderLink({ item: { workOrder, workOrderId } }: { item: JournalItem }) {
  const { t } = useTranslation('journal');
  if (workOrderId === null) return workOrder === '' ? <span>—</span> : <bdi>{workOrder}</bdi>;
  return (
    <Anchor
      component="button"
      type="button"
      fz="inherit"
      aria-label={t('detail.openPlan', { name: isolate(workOrder) })}
      onClick={() => void openPlan({ workOrderId })}
    >
      <bdi>{workOrder}</bdi>
    </Anchor>
  );
}
