import type { Place } from '../../../shared/model/connection';
import type { JournalNote } from '../../../shared/model/journal';
import { type Language, localeOf, say } from '../../../shared/words';

/** A place as it stands in the history: its address, and what else belongs to it. */
function placeWords({ origin, certificate, proxy }: Place): string {
  const pin = certificate === null ? '' : ` SHA-256 ${certificate}`;
  return `${origin}${pin}${proxy === undefined ? '' : ` (proxy ${proxy})`}`;
}

/** Returns what an entry that is about no single record tells. */
export function noteWords(note: JournalNote, language: Language): string {
  const locale = localeOf(language);
  const count = (n: number): string => new Intl.NumberFormat(locale).format(n);
  if (note.type === 'history-accepted')
    return say(language, 'documents:note.accepted', {
      seq: count(note.upTo),
      doubts: note.doubts.join(', '),
    });
  if (note.type === 'credential-moved')
    return say(language, 'documents:note.moved', { from: placeWords(note.from), to: placeWords(note.to) });
  if ('authority' in note) return `${note.authority.subject} SHA-256 ${note.authority.fingerprint}`;
  if (note.type !== 'restored') {
    const params = { secrets: count(note.secrets), records: count(note.records) };
    return say(language, 'documents:note.secrets', params);
  }
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  return say(language, 'documents:note.restored', {
    moment: moments.format(note.backupAt),
    seq: count(note.left),
  });
}
