import { Group, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldSpec, type OfCollection, ofCollection } from '../../../shared/catalog';
import type { JournalItem } from '../../../shared/model/journal';
import { problemOf } from '../../../shared/model/problem';
import type { ShownValue } from '../../../shared/model/record';
import { formatCount } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { keys } from '../../program/queries';
import { FieldLabel } from '../../ui/DiffLine';
import { DayInput } from '../../ui/day/DayInput';
import { parseDay } from '../../ui/days';
import { isolateLabel } from '../../ui/field-label';
import { Select } from '../../ui/inputs';
import layout from '../../ui/layout.module.css';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { RecordTitle } from '../../ui/RecordTitle';
import { ShownText } from '../../ui/ShownText';
import { exactMoment } from './exact-moment';
import { labelOfField } from './field-choices';
import classes from './History.module.css';
import { useMoments } from './moment-choices';

const now = 'now';
const older = 'older';
const dayMs = 24 * 60 * 60 * 1_000;

/** A record as it was after one entry, beside the same record after another, or as last read: what differs. */
export function CompareMoments({ item }: { item: JournalItem }) {
  const { t } = useTranslation('journal');
  const { seq } = item;
  const [day, setDay] = useState('');
  const at = parseDay(day);
  // The day itself is meant to be in it.
  const until = at === null ? null : at + dayMs;
  const { moments: others, hasNextPage, fetchNextPage } = useMoments(item, until);
  const [picked, setPicked] = useState<JournalItem | null>(null);
  const chosen = picked ?? undefined;
  // What is chosen stays to be chosen, also where the day leaves it out.
  const offered = picked && !others.some((one) => one.seq === picked.seq) ? [picked, ...others] : others;
  // The older one comes first: differences are read forwards in time.
  const [first, last] = chosen && chosen.seq < seq ? [chosen, item] : [item, chosen];
  const moments = useQuery({
    queryKey: keys.journal('compare', first.seq, last?.seq ?? null),
    queryFn: () => ask(patchbay.journal.compare({ from: first.seq, to: last?.seq ?? null })),
  });
  return (
    <Stack gap="md">
      <Text size="md">
        <span className={layout.strong}>
          <RecordTitle title={item.title} />
        </span>
        <span className={layout.muted}> · {t('compare.after', { moment: exactMoment(item.at) })}</span>
      </Text>
      <Group gap="sm" align="flex-start">
        <Select
          label={t('compare.with')}
          data={[
            { value: now, label: t('compare.now') },
            ...offered.map((one) => ({ value: String(one.seq), label: optionOf(one, t('listSeparator')) })),
            ...(hasNextPage
              ? [{ value: older, label: t('compare.older', { n: formatCount(others.length) }) }]
              : []),
          ]}
          value={picked ? String(picked.seq) : now}
          allowDeselect={false}
          searchable
          flex={1}
          onChange={(value) => {
            if (value === older) void fetchNextPage();
            else setPicked(offered.find((one) => String(one.seq) === value) ?? null);
          }}
          data-autofocus
        />
        <DayInput
          label={t('compare.until')}
          name={t('compare.until')}
          value={day}
          clearable
          onType={setDay}
          onPick={setDay}
        />
      </Group>
      {moments.error ? (
        <ProblemAlert problem={problemOf(moments.error)} />
      ) : moments.data === undefined ? (
        <Loader size="sm" aria-label={t('loading')} />
      ) : moments.data.differences.length === 0 ? (
        <Text size="sm" role="status">
          {t('compare.same')}
        </Text>
      ) : (
        <div className={classes.compareFrame}>
          <table className={classes.compare}>
            <thead>
              <tr>
                <th scope="col">{t('compare.field')}</th>
                <th scope="col">{t('compare.after', { moment: exactMoment(first.at) })}</th>
                <th scope="col">
                  {last ? t('compare.after', { moment: exactMoment(last.at) }) : t('compare.now')}
                </th>
              </tr>
            </thead>
            <tbody>
              {moments.data.differences.map(({ field, before, after, comparable }) => (
                <tr key={field} data-difference={field} data-comparable={comparable}>
                  <th scope="row">
                    <FieldLabel of={ofCollection(item)} field={field} />
                    {comparable ? null : (
                      <Text size="sm" c="dimmed">
                        {t('compare.cannot')}
                      </Text>
                    )}
                  </th>
                  <Value of={ofCollection(item)} field={field} value={before} />
                  <Value of={ofCollection(item)} field={field} value={after} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Stack>
  );
}

function Value({ of, field, value }: { of: OfCollection | null; field: string; value: ShownValue }) {
  return (
    <td>
      <ShownText value={value} spec={fieldSpec(of, field)} />
    </td>
  );
}

function optionOf(one: JournalItem, separator: string): string {
  const fields = one.fields.map(({ field }) => isolateLabel(labelOfField(field, ofCollection(one))));
  const named = fields.slice(0, 3).join(separator);
  return `${exactMoment(one.at)} · ${named}${fields.length > 3 ? '…' : ''}`;
}
