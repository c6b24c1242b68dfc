import { Alert, Button, Radio, Stack, Text } from '@mantine/core';
import { IconFileAlert, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogOf } from '../../../shared/catalog';
import type { BatchSummary } from '../../../shared/model/batch';
import { type Connection, recordsOf } from '../../../shared/model/connection';
import type { SheetView } from '../../../shared/model/sheet';
import { currentLanguage, formatCount } from '../../i18n';
import { sayDone, sayProblem } from '../../program/actions';
import { ask, patchbay } from '../../program/bridge';
import { FormDialog } from '../../ui/FormDialog';
import { isolate } from '../../ui/isolate';
import { useAction } from '../../ui/useAction';
import { useJob } from '../../ui/useJob';
import { secretColumns } from './settings';

const radio = { size: 'xs', styles: { label: { fontSize: 12 } } };

/** Writes the rows that are to be corrected; asks about secrets only where the file has columns of them. */
export function ProblemsButton({
  connection,
  sheet,
  summary,
  stale,
}: {
  connection: Connection;
  sheet: SheetView;
  summary: BatchSummary;
  stale: boolean;
}) {
  const { t } = useTranslation('sheets');
  const { run, cancel, running } = useJob();
  const [asking, setAsking] = useState(false);
  const secrets = secretColumns(catalogOf(recordsOf(connection)), sheet);
  const { invalid, missing, doubled } = summary.counts;
  const wrong = invalid + missing + doubled;
  const write = useAction({
    work: (withSecrets: boolean) =>
      run((job) =>
        ask(
          patchbay.sheets.problems({
            batchId: summary.id,
            secrets: withSecrets,
            language: currentLanguage(),
            job,
          }),
        ),
      ),
    done: ({ saved, rows }) => {
      if (saved === null) return;
      sayDone(t('problems.written', { count: rows, formatted: formatCount(rows), path: isolate(saved) }));
    },
    failed: (problem) => sayProblem('sheet problems', t('problems.button'), problem),
  });
  if (wrong === 0) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFileAlert size={14} />}
        disabled={stale}
        loading={running}
        onClick={() => (secrets.length > 0 ? setAsking(true) : write.run(false))}
        data-problems={wrong}
      >
        {t('problems.button')}
      </Button>
      {running ? (
        <Button variant="default" onClick={cancel}>
          {t('cancel')}
        </Button>
      ) : null}
      {asking ? (
        <SecretsQuestion
          columns={secrets}
          onClose={() => setAsking(false)}
          onWrite={(withSecrets) => {
            setAsking(false);
            write.run(withSecrets);
          }}
        />
      ) : null}
    </>
  );
}

function SecretsQuestion({
  columns,
  onClose,
  onWrite,
}: {
  columns: readonly string[];
  onClose: () => void;
  onWrite: (secrets: boolean) => void;
}) {
  const { t } = useTranslation('sheets');
  const [secrets, setSecrets] = useState<'omit' | 'include'>('omit');
  return (
    <FormDialog
      title={t('problems.title')}
      confirm={t('problems.save')}
      cancel={t('cancel')}
      onSubmit={() => onWrite(secrets === 'include')}
      onClose={onClose}
      size={480}
    >
      <Text size="sm">
        {t('problems.secrets', { columns: columns.map((one) => isolate(one)).join(t('comma')) })}
      </Text>
      <Radio.Group
        aria-label={t('problems.title')}
        value={secrets}
        onChange={(value) => setSecrets(value === 'include' ? 'include' : 'omit')}
      >
        <Stack gap="sm">
          <Radio {...radio} value="omit" label={t('problems.omit')} description={t('problems.omitHelp')} />
          <Radio {...radio} value="include" label={t('problems.include')} />
        </Stack>
      </Radio.Group>
      {secrets === 'include' ? (
        <Alert color="yellow" variant="light" p="sm" icon={<IconKey size={18} />}>
          {t('problems.warning')}
        </Alert>
      ) : null}
    </FormDialog>
  );
}
