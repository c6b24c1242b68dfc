import { Alert, Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { seal } from '../../../../shared/lib/envelope';
import type { WorkOrder } from '../../../../shared/model/change';
import { ask, patchbay, problemOf } from '../../../bridge';
import { formatCount } from '../../../i18n';
import { keys } from '../../../queries';
import { isolate } from '../../../ui/isolate';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { sayDone } from '../../shell/actions';
import { useAppInfo } from '../../shell/appInfo';
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
  const write = useMutation({
    mutationFn: async () => {
      const key = useAppInfo.getState().envelopeKey;
      const passphrase = include ? await seal(crypto, key, typed.first) : null;
      const choice = include ? 'include' : 'omit';
      return ask(patchbay.workOrders.export({ workOrderId: workOrder.id, secrets: choice, passphrase }));
    },
    onSuccess: ({ saved, left }) => {
      if (saved === null) return;
      const said = t('written', { path: isolate(saved) });
      sayDone(left > 0 ? `${said} ${t('export.left', { count: left, n: formatCount(left) })}` : said);
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('export.title', { name: `WO-${workOrder.number}` })}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('cancel') }}
      size={480}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!include || isGoodPassphrase(typed)) write.mutate();
        }}
      >
        <Stack gap="md">
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
          {write.error ? <ProblemAlert problem={problemOf(write.error)} /> : null}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={write.isPending} disabled={include && !isGoodPassphrase(typed)}>
              {t('export.button')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
