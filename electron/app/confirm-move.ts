import type { BrowserWindow } from 'electron';
import type { Move, Place } from '../../shared/model/connection';
import { seenText } from '../../shared/values/unseen';
import { type Language, say, type TextKey } from '../../shared/words';
import { askPerson } from './ask-person';

/** Asks the user, in the system's own dialog, whether kept credentials may go elsewhere; shows both places. */
export function confirmMove(
  window: BrowserWindow | undefined,
  language: Language,
  connection: string,
  { from, to }: Move,
): Promise<boolean> {
  const text = (key: TextKey): string => say(language, key);
  const place = ({ origin: at, certificate, proxy }: Place): string => {
    const origin = seenText(at);
    const reader = proxy === undefined ? '' : `\n${text('system:move.proxy')}: ${seenText(proxy)}`;
    if (!origin.startsWith('https:')) return `${origin}\n(${text('system:move.none')})${reader}`;
    return `${origin}\n(${certificate === null ? text('connections:move.noCertificate') : `${text('system:move.certificate')} ${certificate}`})`;
  };
  return askPerson(window, {
    message: text('system:move.message'),
    detail: [
      `${text('journal:column.connection')}: ${seenText(connection)}`,
      `${text('system:move.from')}: ${place(from)}`,
      `${text('system:move.to')}: ${place(to)}`,
    ].join('\n\n'),
    yes: text('system:move.send'),
    no: text('system:cancel'),
  });
}
