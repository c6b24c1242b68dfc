import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Backup } from '../../../shared/model/journal';
import { ask, patchbay, problemOf } from '../../bridge';
import { formatMoment } from '../../i18n';
import { AskButton } from '../../ui/AskButton';
import { isolate } from '../../ui/isolate';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { formatBytes } from './bytes';
import { useBackUp, useBackups } from './keeping';
import classes from './Settings.module.css';

/** The backups there are: make one now, or start anew with one. */
export function BackupsSetting() {
  const { t } = useTranslation('settings');
  const { data, error } = useBackups();
  const make = useBackUp();
  const problem = make.error ?? error;
  return (
    <>
      {problem ? <ProblemAlert problem={problemOf(problem)} /> : null}
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
      <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
        {t('keeping.make')}
      </Button>
      <Text size="sm" c="dimmed" mih={18} mt={4} role="status">
        {make.isSuccess ? t('keeping.made') : ''}
      </Text>
    </>
  );
}

function BackupRow({ backup: { name, at, bytes, reason } }: { backup: Backup }) {
  const { t } = useTranslation('settings');
  const moment = formatMoment(at);
  // Where it works, the program ends and starts again; only what went wrong comes back here.
  const restore = useMutation({ mutationFn: () => ask(patchbay.keeping.restore({ name })) });
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
            busy={restore.isPending}
            onConfirm={() => restore.mutate()}
          >
            {t('keeping.restore')}
          </AskButton>
        </td>
      </tr>
      {restore.error ? (
        <tr>
          <td colSpan={4}>
            <ProblemAlert problem={problemOf(restore.error)} />
          </td>
        </tr>
      ) : null}
    </>
  );
}
