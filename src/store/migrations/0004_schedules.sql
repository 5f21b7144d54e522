-- What a schedule was when it was planned last: a change does not reach into the past, and what
-- the old one named until then is still made up for.
ALTER TABLE schedules ADD COLUMN rule TEXT CHECK (rule IS NULL OR json_valid(rule));
ALTER TABLE schedules ADD COLUMN fingerprint TEXT;

-- So many missed occurrences at once that a person is asked first.
CREATE TABLE backlogs (
    id         INTEGER PRIMARY KEY,
    schedule   TEXT NOT NULL,
    rule       TEXT NOT NULL CHECK (json_valid(rule)),  -- by which they are named
    after      TEXT NOT NULL,                           -- those after this instant …
    until      TEXT NOT NULL,                           -- … and up to this one
    missed     INTEGER NOT NULL CHECK (missed > 0),
    found_at   TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'released', 'dropped')),
    decided_by TEXT,
    decided_at TEXT,
    CHECK ((state = 'waiting') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL))
) STRICT;
CREATE INDEX backlogs_waiting ON backlogs (schedule) WHERE state = 'waiting';

-- The configuration that a home's daemon works by, and the one that it refuses, if it does.
CREATE TABLE configurations (
    home       TEXT PRIMARY KEY,
    content    TEXT NOT NULL CHECK (json_valid(content)),   -- as `config show` has it, without secrets
    taken_at   TEXT NOT NULL,
    refused    TEXT CHECK (refused IS NULL OR json_valid(refused)),
    refused_at TEXT,
    CHECK ((refused IS NULL) = (refused_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE configuration_changes (
    id      INTEGER PRIMARY KEY,
    home    TEXT NOT NULL,
    at      TEXT NOT NULL,
    by      TEXT NOT NULL,                              -- whose the changed file is
    cause   TEXT NOT NULL CHECK (cause IN ('start', 'files', 'signal')),
    outcome TEXT NOT NULL CHECK (outcome IN ('taken', 'refused')),
    details TEXT NOT NULL CHECK (json_valid(details))   -- key, before and after; or what is wrong
) STRICT;
