import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { Problem } from '../../../shared/model/problem';
import { ask, patchbay, problemOf } from '../../bridge';
import { currentLanguage } from '../../i18n';
import { isolate } from '../../ui/isolate';
import { useJob } from '../../ui/useJob';
import { useConnection } from '../connections/queries';
import { ExportDone } from './ExportDone';
import { type ExportChoice, ExportForm } from './ExportForm';
import { closeExportDialog, type ExportAsked, useExportAsked } from './export';

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
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState<{ readonly path: string; readonly rows: number } | null>(null);
  const write = async (choice: ExportChoice) => {
    setProblem(null);
    try {
      const { saved, rows } = await job.run((id) =>
        ask(
          patchbay.sheets.export({
            connectionId: connection.id,
            query: asked.query,
            language: currentLanguage(),
            ...choice,
            job: id,
          }),
        ),
      );
      if (saved !== null) setDone({ path: saved, rows });
    } catch (error) {
      const told = problemOf(error);
      if (told.code !== 'cancelled') setProblem(told);
    }
  };
  return (
    <Modal
      opened
      onClose={() => {
        job.cancel();
        closeExportDialog();
      }}
      title={t('export.title', { name: isolate(connection.name) })}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('cancel') }}
      size={640}
      styles={{ title: { fontWeight: 600, fontSize: 15 } }}
    >
      {done ? (
        <ExportDone path={done.path} rows={done.rows} />
      ) : (
        <ExportForm
          connection={connection}
          asked={asked}
          job={job}
          problem={problem}
          onWrite={(choice) => void write(choice)}
        />
      )}
    </Modal>
  );
}
