import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import { currentLanguage } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { useConnection } from '../../program/connections';
import { closeExportDialog, type ExportAsked, useExportAsked } from '../../program/open-export';
import { Dialog } from '../../ui/FormDialog';
import { isolate } from '../../ui/isolate';
import { useAction } from '../../ui/useAction';
import { useJob } from '../../ui/useJob';
import { ExportDone } from './ExportDone';
import { type ExportChoice, ExportForm } from './ExportForm';

/** The dialog that writes a directory to a spreadsheet, where it was asked for. Mounted once. */
export function ExportDialog() {
  const asked = useExportAsked((state) => state.asked);
  const connection = useConnection(asked?.connectionId ?? null);
  if (!asked || !connection) return null;
  return <Export connection={connection} asked={asked} />;
}

function Export({ connection, asked }: { connection: Connection; asked: ExportAsked }) {
  const { t } = useTranslation('sheets');
  const job = useJob();
  const write = useAction({
    work: (choice: ExportChoice) =>
      job.run((id) =>
        ask(
          patchbay.sheets.export({
            connectionId: connection.id,
            query: asked.query,
            language: currentLanguage(),
            ...choice,
            job: id,
          }),
        ),
      ),
  });
  const saved = write.result?.saved ?? null;
  return (
    <Dialog
      onClose={() => {
        job.cancel();
        closeExportDialog();
      }}
      title={t('export.title', { name: isolate(connection.name) })}
      close={t('cancel')}
      size={640}
      stays
    >
      {write.result && saved !== null ? (
        <ExportDone path={saved} rows={write.result.rows} />
      ) : (
        <ExportForm connection={connection} asked={asked} job={job} write={write} />
      )}
    </Dialog>
  );
}
