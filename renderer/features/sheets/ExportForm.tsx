import { Alert, Checkbox, Group, Progress, Radio, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { catalogOf, fieldsByName } from '../../../shared/catalog';
import { type Connection, recordsOf } from '../../../shared/model/connection';
import type { sheetExportSchema } from '../../../shared/model/sheet';
import { formatCount } from '../../i18n';
import { closeExportDialog, type ExportAsked } from '../../program/open-export';
import { DialogForm } from '../../ui/FormDialog';
import { Select } from '../../ui/inputs';
import layout from '../../ui/layout.module.css';
import type { Action } from '../../ui/useAction';
import type { useJob } from '../../ui/useJob';
import { useColumnNames } from '../directory';
import { ExportColumns } from './ExportColumns';
import { delimiterWords } from './settings';
import css from './sheets.module.css';
import { useExportCounts } from './useExportCounts';

export type ExportChoice = Omit<z.infer<typeof sheetExportSchema>, 'connectionId' | 'language'>;

const offered = [',', ';', '\t'] as const;
const ways = ['all', 'shown', 'selected'] as const;
const radio = { size: 'xs', styles: { label: { fontSize: 12 } } };

/** Which rows and columns are written, and how. Secrets only when asked for. */
export function ExportForm({
  connection,
  asked,
  job,
  write,
}: {
  connection: Connection;
  asked: ExportAsked;
  job: ReturnType<typeof useJob>;
  write: Action<ExportChoice, unknown>;
}) {
  const { t } = useTranslation('sheets');
  const catalog = catalogOf(recordsOf(connection));
  const specs = fieldsByName(catalog);
  const grid = useColumnNames(connection.id, catalog);
  const counts = useExportCounts(connection.id, asked.query);
  const [rows, setRows] = useState<ExportAsked['rows']>(asked.rows);
  const [columns, setColumns] = useState<readonly string[]>(grid);
  const [headings, setHeadings] = useState<ExportChoice['headings']>('labels');
  const [delimiter, setDelimiter] = useState<ExportChoice['delimiter']>(',');
  const [secrets, setSecrets] = useState(false);
  const secretFields = catalog.fields.filter((spec) => spec.secret && !spec.writeOnly);
  const withSecrets = columns.filter((name) => specs.get(name)?.secret);
  const written = secrets ? columns : columns.filter((name) => !specs.get(name)?.secret);
  const count = counts[rows];
  const { running, progress } = job;
  const done = progress?.done ?? 0;
  const total = progress?.total ?? count ?? 0;
  return (
    <DialogForm
      confirm={t('export.button')}
      cancel={t('cancel')}
      action={{ busy: running, problem: write.problem }}
      onSubmit={() => write.run({ rows, columns: [...columns], headings, delimiter, secrets })}
      onCancel={running ? job.cancel : closeExportDialog}
      disabled={written.length === 0 || count === 0}
      beside={
        running && progress ? (
          <span className={css.writing} role="status">
            <Text size="sm">
              {t('export.writing', { done: formatCount(done), total: formatCount(total) })}
            </Text>
            <Progress
              size={3}
              value={(100 * done) / Math.max(1, total)}
              aria-label={t('export.writing', { done: formatCount(done), total: formatCount(total) })}
            />
          </span>
        ) : null
      }
    >
      <Radio.Group
        label={t('export.rows')}
        value={rows}
        onChange={(value) => setRows(ways.find((way) => way === value) ?? 'all')}
      >
        <Group gap="lg" mt={4}>
          {ways.map((way) => (
            <Radio
              key={way}
              {...radio}
              value={way}
              disabled={counts[way] === 0}
              label={
                counts[way] === null
                  ? t(`export.${way}`)
                  : `${t(`export.${way}`)} (${formatCount(counts[way])})`
              }
              data-rows={way}
            />
          ))}
        </Group>
      </Radio.Group>
      <ExportColumns
        catalog={catalog}
        grid={grid}
        columns={columns}
        written={written.length}
        secrets={secrets}
        onColumns={setColumns}
      />
      <Group gap="lg" align="flex-start" wrap="nowrap">
        <Radio.Group
          label={t('export.headings')}
          value={headings}
          className={layout.fixed}
          onChange={(value) => setHeadings(value === 'names' ? 'names' : 'labels')}
        >
          <Group gap="md" mt={6}>
            <Radio {...radio} value="labels" label={t('export.labels')} />
            <Radio {...radio} value="names" label={t('export.names')} />
          </Group>
        </Radio.Group>
        <Select
          className={layout.grow}
          label={t('export.delimiter')}
          description={t('export.excel')}
          inputWrapperOrder={['label', 'input', 'description']}
          data={offered.map((one) => ({ value: one, label: t(`delimiter.${delimiterWords[one]}`) }))}
          value={delimiter}
          allowDeselect={false}
          data-setting="delimiter"
          onChange={(value) => setDelimiter(offered.find((one) => one === value) ?? ',')}
        />
      </Group>
      {secretFields.length > 0 ? (
        <Checkbox
          label={t('export.secrets')}
          description={
            secrets || withSecrets.length === 0
              ? undefined
              : t('export.secretsHelp', {
                  count: withSecrets.length,
                  formatted: formatCount(withSecrets.length),
                })
          }
          checked={secrets}
          data-secrets
          onChange={(event) => setSecrets(event.currentTarget.checked)}
        />
      ) : null}
      {secrets ? (
        <Alert color="yellow" variant="light" p="sm" icon={<IconKey size={18} />}>
          {t('export.warning')}
        </Alert>
      ) : null}
    </DialogForm>
  );
}
