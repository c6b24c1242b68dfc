import { searchFold } from '../../shared/lib/text';
import type { Connection } from '../../shared/model/connection';
import { titleParts } from '../ui/title-parts';

/** One line of the palette. */
export interface PaletteItem {
  readonly id: string;
  readonly kind: 'command' | 'record' | 'order' | 'setting' | 'field';
  readonly text: string;
  /** Further words that it answers to, shown beside it. */
  readonly note?: string;
  /** The keys that do the same. */
  readonly keys?: string;
  /** The connection that it belongs to. */
  readonly connection: Connection | null;
  run(): void;
}

/** The lines that answer to a text, in order: the record that is meant, commands, other records that were found. */
export function answering(
  text: string,
  commands: readonly PaletteItem[],
  records: readonly PaletteItem[],
  /** What is named only to whoever types: too much to be looked through. */
  others: readonly PaletteItem[] = [],
): readonly PaletteItem[] {
  const wanted = searchFold(text).trim();
  const words = wanted.split(/\s+/).filter(Boolean);
  const answers = (item: PaletteItem) => {
    const folded = searchFold(
      `${item.text} ${item.note ?? ''} ${item.connection?.name ?? ''} ${item.connection?.site ?? ''}`,
    );
    return words.every((word) => folded.includes(word));
  };
  // A whole number or name means that record, in whichever connection it is.
  const exact = (item: PaletteItem) =>
    wanted !== '' && titleParts(item.text).some((part) => searchFold(part.text) === wanted);
  const named = wanted === '' ? [] : others.filter(answers);
  return [
    ...records.filter(exact),
    ...commands.filter(answers),
    ...named,
    ...records.filter((item) => !exact(item)),
  ];
}
