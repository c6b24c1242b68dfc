import { useTranslation } from 'react-i18next';
import type { JournalNote } from '../../../shared/model/journal';
import { formatCount } from '../../i18n';
import { isolate } from '../../ui/isolate';
import { doubtWords } from './doubt-words';
import { exactMoment } from './exact-moment';

/** What is told of an entry that is about no single record; `brief` for a line of a list. */
export function NoteWords({ note, brief = false }: { note: JournalNote; brief?: boolean }) {
  const { t } = useTranslation('journal');
  if (note.type === 'restored') {
    if (brief) return <span>{t('note.restoredBrief')}</span>;
    const moment = isolate(exactMoment(note.backupAt));
    return <span>{t('note.restored', { moment, seq: isolate(String(note.left)) })}</span>;
  }
  if (note.type === 'history-accepted') {
    if (brief) return <span>{t('note.acceptedBrief')}</span>;
    const doubts = doubtWords(t, note.doubts);
    return <span>{t('note.accepted', { seq: isolate(String(note.upTo)), doubts })}</span>;
  }
  if (note.type === 'credential-moved') {
    if (brief) return <span>{t('note.credentialMovedBrief', { to: isolate(note.to.origin) })}</span>;
    const [from, to] = [note.from, note.to].map(({ origin, certificate, proxy }) => {
      const pin = certificate === null ? '' : ` SHA-256 ${certificate}`;
      return isolate(`${origin}${pin}${proxy === undefined ? '' : ` (proxy ${proxy})`}`);
    });
    return <span>{t('note.credentialMoved', { from, to })}</span>;
  }
  if ('authority' in note) {
    const subject = isolate(note.authority.subject);
    const words = note.type === 'authority-added' ? 'note.authorityAdded' : 'note.authorityRemoved';
    if (brief) return <span>{t(`${words}Brief`, { subject })}</span>;
    return <span>{t(words, { subject, fingerprint: isolate(note.authority.fingerprint) })}</span>;
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
