import type { Migration } from './migration';

/**
 * Names are folded further for searching than before (hamza, presentation forms, marks): what stands folded in the side
 * tables is folded anew, a batch at a time, by what indexes the words. Until it comes to an entry, that is read through.
 */
export const foldAnew: Migration = {
  version: 8,
  name: 'fold-anew',
  sql: `
    INSERT INTO history_words (history_words) VALUES ('delete-all');
    UPDATE history_state SET value = '0' WHERE key = 'indexed';
    -- refold: the newest entry whose words may be folded as before. refold-names: the same for titles, counted down.
    INSERT INTO history_state
      SELECT 'refold', CAST(coalesce(max(seq), 0) AS TEXT) FROM history_text
      UNION ALL SELECT 'refold-names', CAST(coalesce(max(id), 0) AS TEXT) FROM history_names;
  `,
};
