-- What people said of the bytes they were shown. A release counts only for these bytes.
CREATE TABLE approvals (
    id       INTEGER PRIMARY KEY,
    run_id   INTEGER NOT NULL REFERENCES runs (id),
    approver TEXT NOT NULL,                         -- their address, or the name given where it is nobody's
    name     TEXT NOT NULL,
    shown    TEXT NOT NULL,                         -- hash over the bytes of all editions
    verdict  TEXT NOT NULL CHECK (verdict IN ('approved', 'sent_back')),
    reason   TEXT,
    way      TEXT NOT NULL CHECK (way IN ('link', 'command', 'dashboard')),
    at       TEXT NOT NULL
) STRICT;
CREATE INDEX approvals_of_run ON approvals (run_id);

-- A link is used once.
CREATE TABLE used_links (
    token       TEXT PRIMARY KEY,                   -- hash of the link's token
    approval_id INTEGER NOT NULL REFERENCES approvals (id)
) STRICT, WITHOUT ROWID;

-- What the approvers are told beside the editions: open problems, and what has changed since.
ALTER TABLE runs ADD COLUMN brief TEXT CHECK (brief IS NULL OR json_valid(brief));
