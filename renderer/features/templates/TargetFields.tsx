import { Alert, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { collectionOf, type OfCollection, serverKind } from '../../../shared/catalog';
import type { Connection } from '../../../shared/model/connection';
import { mostNamed } from '../../../shared/model/many';
import { formatCount, localised } from '../../i18n';
import { useConnections } from '../../program/connections';
import { countedRecords, upperFirst } from '../../program/titles';
import { Select, Textarea } from '../../ui/inputs';
import { isolate } from '../../ui/isolate';
import layout from '../../ui/layout.module.css';
import type { TargetChoice } from './dialogs';
import type { Targets } from './targets';

const radio = { size: 'xs', styles: { label: { fontSize: 12 } } };

/** Where to, and which records there: the selection, all of them, or numbers as typed. */
export function TargetFields({
  of,
  connection,
  onConnection,
  choice,
  onChoice,
  text,
  onText,
  targets,
}: {
  of: OfCollection;
  connection: Connection | undefined;
  onConnection: (connectionId: string) => void;
  choice: TargetChoice;
  onChoice: (choice: TargetChoice) => void;
  text: string;
  onText: (text: string) => void;
  targets: Targets;
}) {
  const { t } = useTranslation('templates');
  const connections = useConnections().filter((one) => one.kind === of.kind);
  const nouns = localised(collectionOf(of).nouns);
  const { selected, all } = targets;
  return (
    <>
      <Select
        label={t('target.where', { noun: localised(serverKind(of.kind).noun) })}
        data={connections.map((one) => ({
          value: one.id,
          label: one.site === '' ? one.name : `${one.name} · ${one.site}`,
        }))}
        value={connection?.id ?? null}
        onChange={(value) => value !== null && onConnection(value)}
        allowDeselect={false}
        searchable={connections.length > 8}
        data-field="target"
      />
      <Radio.Group
        label={upperFirst(nouns)}
        value={choice}
        onChange={(value) => onChoice(value === 'all' || value === 'numbers' ? value : 'selected')}
      >
        <Stack gap={6} mt={6}>
          <Radio
            {...radio}
            value="selected"
            label={t(selected === 0 ? 'target.nothingSelected' : 'target.selected', {
              counted: countedRecords(of, selected ?? 0),
            })}
          />
          <Radio {...radio} value="all" label={t('target.all', { counted: countedRecords(of, all) })} />
          <Radio {...radio} value="numbers" label={t('target.numbers')} />
        </Stack>
      </Radio.Group>
      {choice === 'selected' && selected === 0 && connection ? (
        <p className={layout.said} data-nothing-selected>
          {t('target.selectFirst', { nouns, name: isolate(connection.name) })}
        </p>
      ) : null}
      {choice === 'numbers' ? (
        <div>
          <Textarea
            aria-label={t('target.numbers')}
            placeholder="1200-1240, 1301"
            description={t('target.numbersHelp')}
            value={text}
            onChange={(event) => onText(event.currentTarget.value)}
            autosize
            minRows={2}
            maxRows={5}
            maxLength={20_000}
            dir="ltr"
            data-field="numbers"
          />
          <Numbers of={of} targets={targets} />
        </div>
      ) : null}
    </>
  );
}

/** What the numbers mean: how many records, and which of them nobody has. */
function Numbers({ of, targets: { numbered } }: { of: OfCollection; targets: Targets }) {
  const { t } = useTranslation('templates');
  if (!numbered) return null;
  const { total, unknown, unknownTotal } = numbered;
  const counted = countedRecords(of, total);
  return (
    <div data-numbered={total} role="status">
      <p className={layout.said}>
        {total > mostNamed
          ? t('target.tooMany', { counted, most: formatCount(mostNamed) })
          : t('target.found', { counted })}
      </p>
      {unknownTotal > 0 ? (
        <Alert
          color="yellow"
          p="xs"
          mt={6}
          title={t('target.unknown', { count: unknownTotal, n: formatCount(unknownTotal) })}
        >
          <span data-unknown-numbers>{unknown.map(isolate).join(', ')}</span>
        </Alert>
      ) : null}
    </div>
  );
}
