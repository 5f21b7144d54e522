-- The ledger. States are CHECK constraints, so that a mistake of ours is refused and not stored.
-- Instants are RFC 3339 in UTC with six decimals, which sort as text; days are ISO 8601.

-- ── intake ───────────────────────────────────────────────────────────────────────────────
CREATE TABLE files (
    id          INTEGER PRIMARY KEY,
    source      TEXT NOT NULL,                      -- a contributor's address, or the file's own name
    file        TEXT NOT NULL,                      -- name as dropped
    sha256      TEXT NOT NULL,
    received_at TEXT NOT NULL,
    summary     TEXT NOT NULL CHECK (json_valid(summary)),
    replaced_by INTEGER REFERENCES files (id)       -- the first file that took something of it away
) STRICT;
CREATE INDEX files_by_bytes ON files (source, sha256);

-- One header row of one sheet: the rows below it share their columns.
CREATE TABLE headers (
    file_id    INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    sheet_name TEXT NOT NULL,                       -- as written in the workbook
    columns    TEXT NOT NULL CHECK (json_valid(columns)),
    PRIMARY KEY (file_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
    id          INTEGER PRIMARY KEY,
    file_id     INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    header      INTEGER NOT NULL,
    row         INTEGER NOT NULL,                   -- zero-based row of the sheet
    sheet       TEXT NOT NULL CHECK (sheet IN ('activities', 'participants', 'equipment', 'meetings', 'plan',
                    'challenges', 'priorities', 'indicators', 'risks', 'budget')),
    period      TEXT,                               -- NULL where the activity decides
    first_day   TEXT,
    last_day    TEXT,
    activity_id TEXT,                               -- an activity's own id, or the one the row refers to
    key         INTEGER NOT NULL,                   -- hash of what identifies the row to its author
    digest      INTEGER NOT NULL,                   -- hash of what it says
    faults      TEXT CHECK (faults IS NULL OR json_valid(faults)),
    content     TEXT NOT NULL,
    CHECK ((period IS NULL) = (first_day IS NULL) AND (period IS NULL) = (last_day IS NULL))
) STRICT;
CREATE INDEX entries_by_file ON entries (file_id, sheet, period);
CREATE INDEX entries_by_day ON entries (first_day, last_day) WHERE first_day IS NOT NULL;
CREATE INDEX entries_of_activity ON entries (activity_id, sheet) WHERE activity_id IS NOT NULL;

CREATE TABLE held_rows (
    id        INTEGER PRIMARY KEY,
    file_id   INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    sheet     TEXT,
    period    TEXT,
    first_day TEXT,
    last_day  TEXT,
    row       INTEGER NOT NULL                      -- one-based row of the sheet
) STRICT;
CREATE INDEX held_by_file ON held_rows (file_id);

CREATE TABLE diagnostics (
    file_id INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    number  INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (file_id, number)
) STRICT, WITHOUT ROWID;

-- ── schedule ─────────────────────────────────────────────────────────────────────────────
CREATE TABLE schedules (
    name            TEXT PRIMARY KEY,
    last_planned_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
    id          INTEGER PRIMARY KEY,
    schedule    TEXT NOT NULL,
    report      TEXT NOT NULL,
    period      TEXT NOT NULL,
    first_day   TEXT NOT NULL,
    last_day    TEXT NOT NULL,
    revision    INTEGER NOT NULL CHECK (revision >= 1),
    due_at      TEXT NOT NULL,
    note        TEXT NOT NULL DEFAULT '',
    state       TEXT NOT NULL CHECK (state IN ('due', 'compiling', 'held', 'awaiting_approval', 'released',
                    'failed', 'skipped')),
    reason      TEXT,
    as_of       TEXT,
    decided_by  TEXT,
    decided_at  TEXT,
    facts       TEXT,
    updated_at  TEXT NOT NULL,
    fence       INTEGER NOT NULL DEFAULT 0,
    claimed_by  TEXT,
    lease_until TEXT,
    UNIQUE (schedule, due_at),
    CHECK ((state = 'compiling') = (lease_until IS NOT NULL)),
    CHECK ((state = 'compiling') = (claimed_by IS NOT NULL))
) STRICT;
CREATE INDEX runs_by_state ON runs (state, due_at);
CREATE INDEX runs_of_report ON runs (report, period);

CREATE TABLE documents (
    run_id    INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    language  TEXT NOT NULL,
    edition   TEXT NOT NULL,                        -- '' for the whole region
    path      TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256    TEXT NOT NULL,
    size      INTEGER NOT NULL,
    pages     INTEGER NOT NULL,
    PRIMARY KEY (run_id, edition, language)
) STRICT, WITHOUT ROWID;

-- ── outbox ───────────────────────────────────────────────────────────────────────────────
CREATE TABLE deliveries (
    id                 INTEGER PRIMARY KEY,
    run_id             INTEGER REFERENCES runs (id),
    purpose            TEXT NOT NULL CHECK (purpose IN ('report', 'sign_off', 'notice')),
    name               TEXT NOT NULL,
    email              TEXT NOT NULL,
    letter             TEXT NOT NULL CHECK (json_valid(letter)),
    attachments        TEXT NOT NULL CHECK (json_valid(attachments)),
    message_id         TEXT NOT NULL,
    unique_key         TEXT NOT NULL UNIQUE,        -- one cause, one mail
    state              TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'waiting', 'unknown', 'delivered',
                           'dead_letter', 'cancelled')),
    created_at         TEXT NOT NULL,
    attempts           INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at    TEXT NOT NULL,
    last_reply         TEXT,
    possible_duplicate INTEGER NOT NULL DEFAULT 0 CHECK (possible_duplicate IN (0, 1)),
    composed           BLOB,
    fence              INTEGER NOT NULL DEFAULT 0,
    claimed_by         TEXT,
    lease_until        TEXT,
    CHECK ((state = 'sending') = (lease_until IS NOT NULL)),
    CHECK ((state = 'sending') = (claimed_by IS NOT NULL))
) STRICT;
CREATE INDEX deliveries_by_state ON deliveries (state, next_attempt_at);
CREATE INDEX deliveries_of_run ON deliveries (run_id);

CREATE TABLE attempts (
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL CHECK (number >= 1),
    begun_at    TEXT NOT NULL,
    ended_at    TEXT,                               -- NULL while it lasts, and where a crash ended it
    outcome     TEXT CHECK (outcome IN ('delivered', 'transient', 'permanent', 'no_answer', 'channel_at_fault',
                    'interrupted')),
    reply       TEXT,
    PRIMARY KEY (delivery_id, number)
) STRICT, WITHOUT ROWID;

-- At most one row: why no mail leaves, and until when.
CREATE TABLE channel_hold (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    reason TEXT NOT NULL,
    until  TEXT NOT NULL
) STRICT;

-- ── all stages ───────────────────────────────────────────────────────────────────────────
CREATE TABLE notes (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
