import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Backup } from '../../../shared/model/keeping';
import { problemOf } from '../../../shared/model/problem';
import { formatMoment } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { AskButton } from '../../ui/AskButton';
import { isolate } from '../../ui/isolate';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useAction } from '../../ui/useAction';
import { formatBytes } from './bytes';
import { useBackUp, useBackups } from './keeping';
import classes from './Settings.module.css';

/** The list of backups: make one now, or restart from one. */
export function BackupsSetting() {
  const { t } = useTranslation('settings');
  const { data, error } = useBackups();
  const make = useBackUp();
  const problem = make.problem ?? (error ? problemOf(error) : null);
  return (
    <>
      {problem ? <ProblemAlert problem={problem} /> : null}
      {data === undefined ? null : data.length === 0 ? (
        <Text size="sm" c="dimmed" mb="sm">
          {t('keeping.none')}
        </Text>
      ) : (
        <div className={classes.backupFrame}>
          <table className={classes.backups}>
            <thead>
              <tr>
                <th scope="col">{t('keeping.at')}</th>
                <th scope="col">{t('keeping.why')}</th>
                <th scope="col">{t('keeping.size')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {data.map((backup) => (
                <BackupRow key={backup.name} backup={backup} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Button variant="default" loading={make.busy} onClick={() => make.run()}>
        {t('keeping.make')}
      </Button>
      <Text size="sm" c="dimmed" mih={18} mt={4} role="status">
        {make.succeeded ? t('keeping.made') : ''}
      </Text>
    </>
  );
}

function BackupRow({ backup: { name, at, bytes, reason } }: { backup: Backup }) {
  const { t } = useTranslation('settings');
  const moment = formatMoment(at);
  // Where it works, the program ends and starts again; only what went wrong comes back here.
  const restore = useAction({ work: () => ask(patchbay.keeping.restore({ name })) });
  return (
    <>
      <tr data-backup={name}>
        <td>{moment}</td>
        <td>{t(`keeping.reason.${reason}`)}</td>
        <td className={classes.size}>{formatBytes(bytes)}</td>
        <td>
          <AskButton
            label={t('keeping.restoreOf', { moment: isolate(moment) })}
            question={t('keeping.restoreAsk', { moment: isolate(moment) })}
            confirm={t('keeping.restoreYes')}
            busy={restore.busy}
            onConfirm={() => restore.run()}
          >
            {t('keeping.restore')}
          </AskButton>
        </td>
      </tr>
      {restore.problem ? (
        <tr>
          <td colSpan={4}>
            <ProblemAlert problem={restore.problem} />
          </td>
        </tr>
      ) : null}
    </>
  );
}
