import type { BrowserWindow } from 'electron';
import type { AuthorityFacts } from '../../shared/model/authority';
import { type Language, localeOf, say, type TextKey } from '../../shared/words';
import { askPerson } from './ask-person';

/** Asks the user, in the system's own dialog, whether to trust an authority for all connections. */
export function confirmAuthority(
  window: BrowserWindow | undefined,
  language: Language,
  { subject, issuer, validFrom, validTo, fingerprint }: AuthorityFacts,
): Promise<boolean> {
  const text = (key: TextKey): string => say(language, key);
  const day = (moment: number | null): string =>
    moment === null ? '—' : new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long' }).format(moment);
  const ended = validTo !== null && validTo < Date.now() ? ` (${text('system:authority.ended')})` : '';
  return askPerson(window, {
    message: text('system:authority.message'),
    detail: [
      `${text('connections:certificate.subject')}: ${subject}`,
      `${text('connections:certificate.issuer')}: ${issuer}`,
      `${text('connections:certificate.validFrom')}: ${day(validFrom)}`,
      `${text('connections:certificate.validTo')}: ${day(validTo)}${ended}`,
      `SHA-256: ${fingerprint}`,
      '',
      text('system:authority.why'),
    ].join('\n'),
    yes: text('system:authority.trust'),
    no: text('system:cancel'),
  });
}
