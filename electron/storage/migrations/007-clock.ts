import type { Migration } from './migration';

/**
 * Time that passed and the order of edits are counted, because a computer's clock can jump. The counts are kept by
 * triggers, so that no way of writing can leave them out.
 */
export const clock: Migration = {
  version: 7,
  name: 'clock',
  sql: `
    -- One row. lived: milliseconds that passed as far as there is evidence, on the scale of the wall clock when the count
    -- began. wall, uptime: what the two clocks said at the last look. highest: the latest wall clock since its last leap.
    -- backed_up: the count at the last daily backup that a day of it had passed for.
    CREATE TABLE clock (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      lived INTEGER NOT NULL,
      wall INTEGER NOT NULL,
      uptime INTEGER NOT NULL,
      highest INTEGER NOT NULL,
      backed_up INTEGER
    ) STRICT;

    -- When, by that count, what is forgotten one day began. Null for what is older than the count.
    ALTER TABLE journal_secrets ADD COLUMN lived INTEGER;
    ALTER TABLE bulk_steps ADD COLUMN lived INTEGER;
    ALTER TABLE runs ADD COLUMN lived INTEGER;
    CREATE TRIGGER journal_secrets_lived AFTER INSERT ON journal_secrets WHEN NEW.lived IS NULL BEGIN
      UPDATE journal_secrets SET lived = (SELECT lived FROM clock) WHERE seq = NEW.seq AND digest = NEW.digest;
    END;
    CREATE TRIGGER bulk_steps_lived AFTER INSERT ON bulk_steps BEGIN
      UPDATE bulk_steps SET lived = (SELECT lived FROM clock) WHERE id = NEW.id;
    END;

    -- How many edits there have been. A change knows the number of its last one, a run how many there were at its end.
    CREATE TABLE edits (id INTEGER PRIMARY KEY CHECK (id = 1), n INTEGER NOT NULL) STRICT;
    INSERT INTO edits VALUES (1, 0);
    ALTER TABLE changes ADD COLUMN edit INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE runs ADD COLUMN edits INTEGER;
    CREATE TRIGGER changes_made AFTER INSERT ON changes BEGIN
      UPDATE edits SET n = n + 1;
      UPDATE changes SET edit = (SELECT n FROM edits) WHERE id = NEW.id;
    END;
    CREATE TRIGGER changes_edited AFTER UPDATE OF updated_at ON changes BEGIN
      UPDATE edits SET n = n + 1;
      UPDATE changes SET edit = (SELECT n FROM edits) WHERE id = NEW.id;
    END;
    CREATE TRIGGER runs_ended AFTER UPDATE OF ended_at ON runs BEGIN
      UPDATE runs SET lived = (SELECT lived FROM clock), edits = (SELECT n FROM edits) WHERE id = NEW.id;
    END;
  `,
};
