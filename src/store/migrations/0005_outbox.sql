-- What is due next is found without sorting all that waits; attempts are counted by the minute,
-- where the server takes only so many.
CREATE INDEX deliveries_due ON deliveries (next_attempt_at, id) WHERE state IN ('pending', 'waiting', 'unknown');
CREATE INDEX attempts_by_time ON attempts (begun_at);
-- Too large for a mail: it went with a link in place of its attachment.
ALTER TABLE deliveries ADD COLUMN linked INTEGER NOT NULL DEFAULT 0 CHECK (linked IN (0, 1));
-- A mark of the mail settings that were at fault; NULL where only a person may lift the hold.
ALTER TABLE channel_hold ADD COLUMN settings INTEGER;
