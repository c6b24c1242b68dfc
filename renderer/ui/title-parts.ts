import { seenText } from '../../shared/values/unseen';
import { isolate, textDirection } from './isolate';

export interface TitlePart {
  readonly text: string;
  /** A number: never cut. */
  readonly short: boolean;
}

/**
 * The parts of a record's title that have a direction of their own: a number before a name, a login name behind a
 * Persian one. A title is one text with blanks between its fields, in the history also of fields that have changed since.
 */
export function titleParts(title: string): readonly TitlePart[] {
  const numbered = /^([\d*#+]+) +(.+)$/s.exec(title);
  if (numbered) {
    const [, number = '', name = ''] = numbered;
    return [
      { text: number, short: true },
      { text: name, short: false },
    ];
  }
  const named = /^(.+?) +([!-~]*[A-Za-z][!-~]*)$/s.exec(title);
  if (named) {
    const [, name = '', login = ''] = named;
    if (textDirection(name) === 'rtl')
      return [
        { text: name, short: false },
        { text: login, short: false },
      ];
  }
  return [{ text: title, short: false }];
}

/** A record's title inside a sentence, its parts in the order of reading as `RecordTitle` draws them. */
export function isolateTitle(title: string): string {
  return titleParts(title)
    .map(({ text }) => isolate(seenText(text)))
    .join(' ');
}
