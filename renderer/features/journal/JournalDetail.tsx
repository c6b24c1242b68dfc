import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JournalItem } from '../../../shared/model/journal';
import { problemOf } from '../../bridge';
import { DiffLine } from '../../ui/DiffLine';
import { Ltr } from '../../ui/Ltr';
import { OutcomeDetail } from '../../ui/OutcomeDetail';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { exactMoment } from './exact-moment';
import classes from './History.module.css';

/** All of one entry: field by field before → after, what came of it, and where it belongs. */
export function JournalDetail({ item, decideError }: { item: JournalItem; decideError: Error | null }) {
  const { t } = useTranslation('journal');
  const facts = [
    ['detail.workOrder', item.workOrder],
    ['detail.site', item.site],
    ['detail.who', item.actor],
  ] as const;
  return (
    <Stack gap="sm" className={classes.detail}>
      {decideError ? <ProblemAlert problem={problemOf(decideError)} /> : null}
      {item.type === 'write' ? (
        <section aria-label={t('detail.fields')}>
          {item.fields.map((one) => (
            <DiffLine key={one.field} kind={item.kind} field={one.field} from={one.before} to={one.after} />
          ))}
        </section>
      ) : null}
      {item.result ? <OutcomeDetail kind={item.kind} result={item.result} /> : null}
      <dl className={classes.facts}>
        {facts.map(([label, value]) =>
          value === '' ? null : (
            <div key={label}>
              <dt>{t(label)}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
        )}
        <div>
          <dt>{t('detail.id')}</dt>
          <dd>
            <Ltr>{item.remoteId}</Ltr>
          </dd>
        </div>
        {item.endedAt === null ? null : (
          <div>
            <dt>{t('detail.ended')}</dt>
            <dd>{exactMoment(item.endedAt)}</dd>
          </div>
        )}
      </dl>
    </Stack>
  );
}
