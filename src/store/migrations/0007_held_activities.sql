-- An activity's own id, of rows that are held: what other sheets say of it waits with it.
ALTER TABLE held_rows ADD COLUMN activity_id TEXT;
CREATE INDEX held_activities ON held_rows (activity_id) WHERE activity_id IS NOT NULL;
