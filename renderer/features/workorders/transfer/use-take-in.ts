import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { seal } from '../../../../shared/lib/envelope';
import type { WorkOrder } from '../../../../shared/model/change';
import type { ConnectionId } from '../../../../shared/model/connection';
import type { TransferMapping, TransferPreview } from '../../../../shared/transfer';
import { sayDone } from '../../../program/actions';
import { useAppInfo } from '../../../program/appInfo';
import { ask, patchbay } from '../../../program/bridge';
import { useAction } from '../../../ui/useAction';

/** What a person decides about an opened file, and the taking in. */
export function useTakeIn(first: TransferPreview, onTaken: (order: WorkOrder) => void) {
  const { t } = useTranslation('transfer');
  const [preview, setPreview] = useState(first);
  const [passphrase, setPassphrase] = useState('');
  const [without, setWithout] = useState(false);
  const [replace, setReplace] = useState(false);
  const { token, sealedSecrets, already } = preview;

  const remap = useAction({
    work: (mapping: TransferMapping) => ask(patchbay.workOrders.previewFile({ token, mapping })),
    done: setPreview,
  });
  const takeIn = useAction({
    work: async () => {
      const open = sealedSecrets && !without;
      const key = useAppInfo.getState().envelopeKey;
      const envelope = open ? await seal(crypto, key, passphrase) : null;
      const mapping = mappingOf(preview);
      return ask(patchbay.workOrders.takeIn({ token, mapping, passphrase: envelope, replace }));
    },
    done: (order) => {
      sayDone(t('takeIn.done', { name: `WO-${order.number}` }));
      onTaken(order);
    },
  });

  const secretsSettled = !sealedSecrets || without || passphrase !== '';
  return {
    preview,
    passphrase,
    setPassphrase,
    without,
    setWithout,
    replace,
    setReplace,
    remap,
    takeIn,
    /** Chooses which connection one of the file's stands for; null leaves its changes out. */
    choose: (key: string, connectionId: ConnectionId | null) =>
      remap.run(mappingOf(preview).map((one) => (one.key === key ? { key, connectionId } : one))),
    ready:
      preview.changes.some(({ taken }) => taken) &&
      secretsSettled &&
      (already === null || replace) &&
      !remap.busy,
  };
}

function mappingOf({ connections }: TransferPreview): TransferMapping {
  return connections.map(({ key, to }) => ({ key, connectionId: to }));
}
