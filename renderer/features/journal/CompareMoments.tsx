import { Loader, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldSpec } from '../../../shared/catalog';
import { everything, type JournalItem } from '../../../shared/model/journal';
import type { ShownValue } from '../../../shared/model/record';
import { ask, patchbay, problemOf } from '../../bridge';
import { keys } from '../../queries';
import { FieldLabel } from '../../ui/DiffLine';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { ShownText } from '../../ui/ShownText';
import { exactMoment } from './exact-moment';
import { labelOfField } from './field-choices';
import classes from './History.module.css';
import { hasWritten } from './requests';

const offered = 200;
const now = 'now';

/** A record as it was after one entry, beside the same record after another, or as last read: what differs. */
export function CompareMoments({ item }: { item: JournalItem }) {
  const { t } = useTranslation('journal');
  const { connectionId, remoteId, seq } = item;
  const [other, setOther] = useState<string>(now);
  const entries = useQuery({
    queryKey: keys.journal('moments', connectionId, remoteId),
    queryFn: () =>
      ask(patchbay.journal.page({ ...everything, connectionId, remoteId, before: null, limit: offered })),
  });
  const others = (entries.data?.items ?? []).filter((one) => one.seq !== seq && hasWritten(one));
  const chosen = others.find((one) => String(one.seq) === other);
  // Whichever is older stands first: differences are read forwards in time.
  const [first, last] = chosen && chosen.seq < seq ? [chosen, item] : [item, chosen];
  const moments = useQuery({
    queryKey: keys.journal('compare', first.seq, last?.seq ?? null),
    queryFn: () => ask(patchbay.journal.compare({ from: first.seq, to: last?.seq ?? null })),
  });
  return (
    <Stack gap="md">
      <Text size="md">
        <bdi className={classes.strong}>{item.title}</bdi>
        <span className={classes.quiet}> · {t('compare.after', { moment: exactMoment(item.at) })}</span>
      </Text>
      <Select
        label={t('compare.with')}
        data={[
          { value: now, label: t('compare.now') },
          ...others.map((one) => ({ value: String(one.seq), label: optionOf(one, t('listSeparator')) })),
        ]}
        value={other}
        allowDeselect={false}
        searchable
        onChange={(value) => setOther(value ?? now)}
        data-autofocus
      />
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
              {moments.data.differences.map(({ field, before, after }) => (
                <tr key={field} data-difference={field}>
                  <th scope="row">
                    <FieldLabel kind={item.kind} field={field} />
                  </th>
                  <Value kind={item.kind} field={field} value={before} />
                  <Value kind={item.kind} field={field} value={after} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Stack>
  );
}

function Value({ kind, field, value }: Pick<JournalItem, 'kind'> & { field: string; value: ShownValue }) {
  return (
    <td>
      <ShownText value={value} spec={fieldSpec(kind, field)} />
    </td>
  );
}

function optionOf(one: JournalItem, separator: string): string {
  const fields = one.fields.map(({ field }) => labelOfField(field, one.kind));
  const named = fields.slice(0, 3).join(separator);
  return `${exactMoment(one.at)} · ${named}${fields.length > 3 ? '…' : ''}`;
}
