/*
 * A work-order file can give a record any title and change another record. Its title is never shown as the record's
 * own unless the directory agrees. It is kept marked until the record has been read; a difference then holds the row
 * back until a person has looked at it.
 */
// A server that begins a name like this has its rows looked at, too.
const mark = '\u0001told ';

/**
 * Returns the title to keep for a change from a file.
 * @param known the directory's title for the record; null if it has none
 */
export function toldTitle(told: string, known: string | null): string {
  return told === known ? known : mark + told;
}

/** Returns the title that only a file gives; null for any other title. */
export function onlyTold(title: string): string | null {
  return title.startsWith(mark) ? title.slice(mark.length) : null;
}
