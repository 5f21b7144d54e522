-- Who did what by the dashboard, its interface and the accounts' commands. Written before it is done, so that
-- nothing is done unseen; how it ended stands there afterwards.
CREATE TABLE audit (
    id      INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    who     TEXT NOT NULL,
    role    TEXT CHECK (role IS NULL OR role IN ('viewer', 'secretariat', 'approver', 'admin')),
    address TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    outcome TEXT                                                   -- NULL: under way, or a crash ended it
) STRICT;
