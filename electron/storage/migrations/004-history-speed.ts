import type { Migration } from './migration';

/**
 * What a million entries need to be searched at once: an index for each filter with many values, titles apart for
 * short texts, and a summary of every 4,096 numbers for the filters that an index is too dear for (docs/decisions/014).
 */
export const historySpeed: Migration = {
  version: 4,
  name: 'history-speed',
  sql: `
    CREATE INDEX history_by_site ON history (site, seq);
    CREATE INDEX history_by_connection ON history (connection, seq);
    CREATE INDEX history_by_title ON history (title, seq);
    -- Without the applied ones (1): they are nearly all, and an apply would pay for an index that helps nobody.
    CREATE INDEX history_by_outcome ON history (outcome, seq) WHERE outcome IS NOT 1;
    CREATE INDEX history_titles ON history_names (folded) WHERE kind = 'title';

    -- One row for the numbers from block * 4096 on: between which moments they lie, and the bits of all their fields.
    -- Only ever widened: what is taken out of the history leaves a summary that says too much, never too little.
    CREATE TABLE history_blocks (
      block INTEGER PRIMARY KEY,
      first_at INTEGER NOT NULL,
      last_at INTEGER NOT NULL,
      fields INTEGER NOT NULL
    ) STRICT;
    INSERT INTO history_blocks SELECT seq >> 12, at, at, fields FROM history WHERE true ${widen()};
    CREATE TRIGGER history_block_is_widened AFTER INSERT ON history
      BEGIN INSERT INTO history_blocks VALUES (new.seq >> 12, new.at, new.at, new.fields) ${widen()}; END;
    CREATE TRIGGER history_block_gains_fields AFTER UPDATE OF fields ON history WHEN new.fields <> old.fields
      BEGIN UPDATE history_blocks SET fields = fields | new.fields WHERE block = new.seq >> 12; END;
  `,
};

function widen(): string {
  return `ON CONFLICT (block) DO UPDATE SET first_at = min(first_at, excluded.first_at),
    last_at = max(last_at, excluded.last_at), fields = fields | excluded.fields`;
}
