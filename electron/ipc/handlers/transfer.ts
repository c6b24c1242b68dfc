import type { Handlers } from '../../../shared/contract/contract';
import { fail } from '../../../shared/model/problem';
import { fileEnding } from '../../../shared/transfer';
import { summaryDocument } from '../../workorders/summary/document';
import { suggestedName } from '../../workorders/transfer/compose';
import { writeWhole } from '../../workorders/transfer/disk';
import type { HandlerParts } from './index';

/** What a person is asked to open. */
export type OpenedKind = 'work-order' | 'sheet' | 'template' | 'archive';

export type SavedKind = 'work-order' | 'html' | 'pdf' | 'csv' | 'jsonl' | 'archive' | 'template';

/** Asking a person for a file, and printing: what needs windows. Tests answer in its place. */
export interface FilesPort {
  /** Asks where to write. Null: nowhere after all. */
  readonly askSave: (name: string, what: SavedKind) => Promise<string | null>;
  /** Asks which file to read. Null: none after all. */
  readonly askOpen: (what: OpenedKind) => Promise<string | null>;
  /** A page as PDF. It is drawn without scripts and without network. */
  readonly pdf: (page: string) => Promise<Uint8Array>;
}

export type TransferRequest = 'export' | 'openFile' | 'previewFile' | 'takeIn' | 'summary';

/** Work orders as files and as summaries. */
export function transferHandlers({
  services,
  app: { files },
  envelopes,
}: HandlerParts): Pick<Handlers['workOrders'], TransferRequest> {
  const { transfer, summaries, workOrders, changed } = services;
  return {
    export: async ({ workOrderId, secrets, passphrase }) => {
      const phrase = secrets === 'include' ? await envelopes.open(passphrase ?? noPassphrase()) : null;
      // Made before the person is asked where: what is wrong is said before and not after.
      const { text, left, sealed } = await transfer.compose(workOrderId, phrase);
      const name = `${suggestedName(workOrders.get(workOrderId))}${fileEnding}`;
      const path = await files.askSave(name, 'work-order');
      if (path !== null) {
        transfer.noteSealed(workOrderId, sealed);
        if (sealed.length > 0) changed(['journal']);
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
      const order = await transfer.takeIn({ ...request, passphrase: phrase });
      changed(['changes', 'workOrders', 'directory']);
      return order;
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
