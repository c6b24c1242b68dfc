import type { Handlers } from '../../../shared/contract/contract';
import { fail } from '../../../shared/model/problem';
import { fileEnding } from '../../../shared/transfer';
import { summaryDocument } from '../../documents/summary/document';
import { writeWhole } from '../../files/disk';
import { suggestedName } from '../../workorders/compose';
import type { HandlerParts } from './parts';

export type TransferRequest = 'export' | 'openFile' | 'previewFile' | 'takeIn' | 'summary';

/** Work orders as files and as summaries. */
export function transferHandlers({
  services,
  app: { files },
  envelopes,
}: HandlerParts): Pick<Handlers['workOrders'], TransferRequest> {
  const { transfer, summaries, workOrders } = services;
  return {
    export: async ({ workOrderId, secrets, passphrase }) => {
      const phrase = secrets === 'include' ? await envelopes.open(passphrase ?? noPassphrase()) : null;
      // Made before the person is asked where: what is wrong is said before and not after.
      const { text, left, sealed } = await transfer.compose(workOrderId, phrase);
      const name = `${suggestedName(workOrders.get(workOrderId))}${fileEnding}`;
      const path = await files.askSave(name, 'work-order');
      if (path !== null) {
        transfer.noteSealed(workOrderId, sealed);
        await writeWhole(path, text);
      }
      return { saved: path, left };
    },
    openFile: async () => {
      const path = await files.askOpen('work-order');
      return path === null ? null : transfer.open(path);
    },
    previewFile: ({ token, mapping }) => transfer.preview(token, mapping),
    takeIn: async ({ passphrase, ...request }) => {
      const phrase = passphrase === null ? null : await envelopes.open(passphrase);
      return transfer.takeIn({ ...request, passphrase: phrase });
    },
    summary: async ({ workOrderId, what, language }) => {
      const page = summaryDocument(summaries.of(workOrderId), language);
      const name = `${suggestedName(workOrders.get(workOrderId))}.${what}`;
      const path = await files.askSave(name, what);
      if (path !== null) await writeWhole(path, what === 'pdf' ? await files.pdf(page) : page);
      return { saved: path };
    },
  };
}

function noPassphrase(): never {
  return fail('invalid-input', { field: 'passphrase' });
}
