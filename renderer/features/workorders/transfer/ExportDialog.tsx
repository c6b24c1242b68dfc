import { Alert, Radio, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { seal } from '../../../../shared/lib/envelope';
import type { WorkOrder } from '../../../../shared/model/change';
import { formatCount } from '../../../i18n';
import { sayDone } from '../../../program/actions';
import { useAppInfo } from '../../../program/appInfo';
import { ask, patchbay } from '../../../program/bridge';
import { keys } from '../../../program/queries';
import { FormDialog } from '../../../ui/FormDialog';
import { isolate } from '../../../ui/isolate';
import { useAction } from '../../../ui/useAction';
import { isGoodPassphrase, NewPassphrase, noPassphrase } from './NewPassphrase';

const radio = { size: 'xs', styles: { label: { fontSize: 12 } } };

/** Asks what shall become of the secrets, then writes the work order to a file for another laptop. */
export function ExportDialog({ workOrder, onClose }: { workOrder: WorkOrder; onClose: () => void }) {
  const { t } = useTranslation('transfer');
  const [secrets, setSecrets] = useState<'omit' | 'include'>('omit');
  const [typed, setTyped] = useState(noPassphrase);
  const secretsQuery = useQuery({
    queryKey: keys.changedSecrets(workOrder.id),
    queryFn: () => ask(patchbay.changes.secrets({ workOrderId: workOrder.id })),
  });
  const count = secretsQuery.data ?? 0;
  const include = secrets === 'include' && count > 0;
  const write = useAction({
    work: async () => {
      const key = useAppInfo.getState().envelopeKey;
      const passphrase = include ? await seal(crypto, key, typed.first) : null;
      const choice = include ? 'include' : 'omit';
      return ask(patchbay.workOrders.export({ workOrderId: workOrder.id, secrets: choice, passphrase }));
    },
    done: ({ saved, left }) => {
      if (saved === null) return;
      const said = t('written', { path: isolate(saved) });
      sayDone(left > 0 ? `${said} ${t('export.left', { count: left, n: formatCount(left) })}` : said);
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('export.title', { name: `WO-${workOrder.number}` })}
      confirm={t('export.button')}
      cancel={t('cancel')}
      action={write}
      onSubmit={write.run}
      onClose={onClose}
      size={480}
      disabled={include && !isGoodPassphrase(typed)}
      stays
    >
      <Text size="sm">{t('export.what')}</Text>
      {count === 0 ? (
        <Text size="sm" c="dimmed">
          {t('export.noSecrets')}
        </Text>
      ) : (
        <Radio.Group
          value={secrets}
          onChange={(value) => setSecrets(value === 'include' ? 'include' : 'omit')}
          label={t('export.secrets', { count, n: formatCount(count) })}
        >
          <Stack gap="sm" mt="xs">
            <Radio {...radio} value="omit" label={t('export.omit')} description={t('export.omitHelp')} />
            <Radio
              {...radio}
              value="include"
              label={t('export.include')}
              description={t('export.includeHelp')}
            />
          </Stack>
        </Radio.Group>
      )}
      {include ? (
        <>
          <NewPassphrase typed={typed} onChange={setTyped} />
          <Alert color="yellow" variant="light" p="sm" icon={<IconKey size={18} />}>
            {t('export.warning')}
          </Alert>
        </>
      ) : null}
    </FormDialog>
  );
}
