import type { Migration } from './migration';

/**
 * The words of entries hold no values any more of fields that no catalog knows: they may be secrets. They are made anew
 * from the entries, a batch at a time, by what indexes the words; until it comes to an entry, that is read through.
 * Only where there are entries: a new file, on a disk that is nearly full, needs no room for it.
 */
export const wordsToldAnew: Migration = {
  version: 11,
  name: 'words-told-anew',
  sql: `
    INSERT INTO history_words (history_words) SELECT 'delete-all' WHERE EXISTS (SELECT 1 FROM history_text);
    UPDATE history_state SET value = '0' WHERE key = 'indexed' AND EXISTS (SELECT 1 FROM history_text);
    INSERT OR REPLACE INTO history_state
      SELECT 'refold', CAST(max(seq) AS TEXT) FROM history_text HAVING count(*) > 0;
  `,
};
