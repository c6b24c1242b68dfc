import { useTranslation } from 'react-i18next';
import type { JournalNote } from '../../../shared/model/journal';
import { formatCount } from '../../i18n';
import { isolate } from '../../ui/isolate';
import { exactMoment } from './exact-moment';

/** What is told of an entry that is about no single record; `brief` for a line of a list. */
export function NoteWords({ note, brief = false }: { note: JournalNote; brief?: boolean }) {
  const { t } = useTranslation('journal');
  if (note.type === 'restored') {
    if (brief) return <span>{t('note.restoredBrief')}</span>;
    const moment = isolate(exactMoment(note.backupAt));
    return <span>{t('note.restored', { moment, seq: isolate(String(note.left)) })}</span>;
  }
  const { secrets, records } = note;
  const words = note.type === 'secrets-to-sheet' ? 'note.secretsToSheet' : 'note.secretsExported';
  return (
    <span>
      {t(brief ? `${words}Brief` : words, {
        secrets: t('note.secrets', { count: secrets, n: formatCount(secrets) }),
        records: t('note.records', { count: records, n: formatCount(records) }),
      })}
    </span>
  );
}
