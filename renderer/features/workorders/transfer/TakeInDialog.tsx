import { ScrollArea, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WorkOrder } from '../../../../shared/model/change';
import type { TransferPreview } from '../../../../shared/transfer';

import { formatCount } from '../../../i18n';
import { FormDialog } from '../../../ui/FormDialog';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { FileAlready } from './FileAlready';
import { FileChanges } from './FileChanges';
import { FileConnections } from './FileConnections';
import { FileHeader } from './FileHeader';
import { FileProblems } from './FileProblems';
import { FileSecrets } from './FileSecrets';
import classes from './transfer.module.css';
import { useTakeIn } from './use-take-in';

/** What a work order file would bring in: to which servers, which changes, what not and why. Then it is taken in. */
export function TakeInDialog({
  first,
  onClose,
  onOpen,
}: {
  first: TransferPreview;
  onClose: () => void;
  onOpen: (order: WorkOrder) => void;
}) {
  const { t } = useTranslation('transfer');
  const form = useTakeIn(first, onOpen);
  const { preview } = form;
  const count = preview.changes.filter(({ taken }) => taken).length;
  const replacing = preview.already !== null;
  return (
    <FormDialog
      title={t('takeIn.title')}
      confirm={t(replacing ? 'takeIn.replace' : 'takeIn.button', { count, n: formatCount(count) })}
      cancel={t('cancel')}
      action={form.takeIn}
      onSubmit={form.takeIn.run}
      onClose={onClose}
      size={820}
      disabled={!form.ready}
      takesAway={replacing}
      stays
    >
      <ScrollArea.Autosize
        // The frame of the dialog stays in the window, with what went wrong below it too.
        mah={form.takeIn.problem ? 'calc(100vh - 320px)' : 'calc(100vh - 220px)'}
        offsetScrollbars="y"
        className={classes.scroll}
      >
        <Stack gap="md">
          <FileHeader header={preview.header} fileName={preview.fileName} />
          {preview.already ? (
            <FileAlready
              already={preview.already}
              replace={form.replace}
              onReplace={form.setReplace}
              onOpen={onOpen}
            />
          ) : null}
          <FileConnections connections={preview.connections} onChoose={form.choose} />
          {form.remap.problem ? <ProblemAlert problem={form.remap.problem} /> : null}
          {preview.sealedSecrets ? (
            <FileSecrets
              passphrase={form.passphrase}
              onPassphrase={form.setPassphrase}
              without={form.without}
              onWithout={form.setWithout}
            />
          ) : null}
          <FileProblems preview={preview} />
          <FileChanges preview={preview} />
        </Stack>
      </ScrollArea.Autosize>
    </FormDialog>
  );
}
