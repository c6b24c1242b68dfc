import type { Migration } from './migration';

/**
 * Keyed hashes beside the plain ones, so that the history cannot be rewritten with the file alone, and a proof of what
 * was confirmed for each row of a run. Instant on any number of entries: what was written before stays as it is, and the
 * keychain remembers where it ends (docs/history-chain.md).
 */
export const keyedHistory: Migration = {
  version: 10,
  name: 'keyed-history',
  sql: `
    -- NULL: added while there was no key. It may be given once, later; nothing else of an entry ever changes.
    ALTER TABLE journal ADD COLUMN keyed TEXT;
    DROP TRIGGER journal_is_not_rewritten;
    CREATE TRIGGER journal_is_not_rewritten BEFORE UPDATE OF
        seq, at, type, intent_seq, connection_id, remote_id, title, work_order_id, outcome, body, prev, hash ON journal
      BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER journal_is_keyed_once BEFORE UPDATE OF keyed ON journal
      WHEN old.keyed IS NOT NULL OR new.keyed IS NULL
      BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;

    -- A keyed hash of what was confirmed: run, record and edits. Empty where there was no key.
    ALTER TABLE run_rows ADD COLUMN proof TEXT NOT NULL DEFAULT '';
  `,
};
