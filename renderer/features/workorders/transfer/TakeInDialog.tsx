import { Button, Group, Modal, ScrollArea, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WorkOrder } from '../../../../shared/model/change';
import type { TransferPreview } from '../../../../shared/transfer';
import { problemOf } from '../../../bridge';
import { formatCount } from '../../../i18n';
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
    <Modal
      opened
      onClose={onClose}
      title={t('takeIn.title')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('cancel') }}
      size={820}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (form.ready) form.takeIn.mutate();
        }}
      >
        <ScrollArea.Autosize
          // The frame of the dialog stays in the window, with what went wrong below it too.
          mah={form.takeIn.error ? 'calc(100vh - 320px)' : 'calc(100vh - 220px)'}
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
            {form.remap.error ? <ProblemAlert problem={problemOf(form.remap.error)} /> : null}
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
        {form.takeIn.error ? (
          <div className={classes.failed}>
            <ProblemAlert problem={problemOf(form.takeIn.error)} />
          </div>
        ) : null}
        <Group justify="flex-end" gap="sm" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            type="submit"
            loading={form.takeIn.isPending}
            disabled={!form.ready}
            {...(replacing ? { color: 'red' } : {})}
          >
            {t(replacing ? 'takeIn.replace' : 'takeIn.button', { count, n: formatCount(count) })}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
