import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkOrder } from '../../../../shared/model/change';
import type { TransferPreview } from '../../../../shared/transfer';
import { ask, patchbay, problemOf } from '../../../bridge';
import { useWorkspace } from '../../../workspace';
import { sayProblem } from '../../shell/actions';
import { TakeInDialog } from './TakeInDialog';

const notice = 'take in';

const showOrders = (): void => useWorkspace.getState().open({ type: 'work-orders' });

/**
 * Asks for a work order file and shows what it would bring in before anything is.
 * @param onOpen shows a work order: the one taken in, or the one that was here already
 */
export function TakeInButton({ onOpen = showOrders }: { onOpen?: (order: WorkOrder) => void }) {
  const { t } = useTranslation('transfer');
  const [preview, setPreview] = useState<TransferPreview | null>(null);
  const choose = useMutation({
    mutationFn: () => ask(patchbay.workOrders.openFile()),
    onSuccess: setPreview,
    onError: (error) => sayProblem(notice, t('takeIn.title'), problemOf(error)),
  });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFileImport size={14} />}
        loading={choose.isPending}
        onClick={() => choose.mutate()}
      >
        {t('takeIn.choose')}
      </Button>
      {preview ? (
        <TakeInDialog
          first={preview}
          onClose={() => setPreview(null)}
          onOpen={(order) => {
            setPreview(null);
            onOpen(order);
          }}
        />
      ) : null}
    </>
  );
}
