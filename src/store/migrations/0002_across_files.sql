-- What rows of several files have in common: an event's type, place and first day as a hash, by
-- which another file's row of the same event is found; and quick ways to a source's indicators,
-- budget and plan, to hold a period against the one before.
ALTER TABLE entries ADD COLUMN event INTEGER;
CREATE INDEX entries_by_event ON entries (event) WHERE event IS NOT NULL;
CREATE INDEX entries_of_programme ON entries (sheet, first_day) WHERE sheet IN ('plan', 'indicators', 'budget');
