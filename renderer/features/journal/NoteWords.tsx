import { useTranslation } from 'react-i18next';
import type { JournalNote } from '../../../shared/model/journal';
import { formatCount } from '../../i18n';
import { isolate } from '../../ui/isolate';
import { exactMoment } from './exact-moment';

/** What is told of an entry that is about no single record. */
export function NoteWords({ note }: { note: JournalNote }) {
  const { t } = useTranslation('journal');
  if (note.type === 'restored') {
    const moment = isolate(exactMoment(note.backupAt));
    return <span>{t('note.restored', { moment, seq: isolate(String(note.left)) })}</span>;
  }
  const { secrets, records } = note;
  return (
    <span>
      {t('note.secretsExported', {
        secrets: t('note.secrets', { count: secrets, n: formatCount(secrets) }),
        records: t('note.records', { count: records, n: formatCount(records) }),
      })}
    </span>
  );
}
