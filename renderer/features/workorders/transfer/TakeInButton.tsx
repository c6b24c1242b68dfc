import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkOrder } from '../../../../shared/model/change';
import type { TransferPreview } from '../../../../shared/transfer';
import { sayProblem } from '../../../program/actions';
import { ask, patchbay } from '../../../program/bridge';
import { useWorkspace } from '../../../program/workspace';
import { useAction } from '../../../ui/useAction';
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
  const choose = useAction({
    work: () => ask(patchbay.workOrders.openFile()),
    done: setPreview,
    failed: (problem) => sayProblem(notice, t('takeIn.title'), problem),
  });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFileImport size={14} />}
        loading={choose.busy}
        onClick={() => choose.run()}
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
