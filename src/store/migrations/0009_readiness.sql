-- A run that is due may wait for what contributors owe, until its deadline at most.
ALTER TABLE runs ADD COLUMN waits_until TEXT;

-- Contributors are reminded, and a mail that a server took may come back after all. A CHECK cannot be changed in
-- place, so the table is made anew; its attempts go with it, because dropping it would take them along.
CREATE TABLE deliveries_anew (
    id                 INTEGER PRIMARY KEY,
    run_id             INTEGER REFERENCES runs (id),
    purpose            TEXT NOT NULL CHECK (purpose IN ('report', 'sign_off', 'notice', 'answer', 'reminder')),
    name               TEXT NOT NULL,
    email              TEXT NOT NULL,
    letter             TEXT NOT NULL CHECK (json_valid(letter)),
    attachments        TEXT NOT NULL CHECK (json_valid(attachments)),
    message_id         TEXT NOT NULL,
    unique_key         TEXT NOT NULL UNIQUE,        -- one cause, one mail
    state              TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'waiting', 'unknown', 'delivered',
                           'bounced', 'dead_letter', 'cancelled')),
    created_at         TEXT NOT NULL,
    attempts           INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at    TEXT NOT NULL,
    last_reply         TEXT,
    possible_duplicate INTEGER NOT NULL DEFAULT 0 CHECK (possible_duplicate IN (0, 1)),
    composed           BLOB,
    fence              INTEGER NOT NULL DEFAULT 0,
    claimed_by         TEXT,
    lease_until        TEXT,
    linked             INTEGER NOT NULL DEFAULT 0 CHECK (linked IN (0, 1)),
    bounced_at         TEXT,                        -- when it came back
    CHECK ((state = 'sending') = (lease_until IS NOT NULL)),
    CHECK ((state = 'sending') = (claimed_by IS NOT NULL)),
    CHECK (state <> 'bounced' OR bounced_at IS NOT NULL)
) STRICT;
INSERT INTO deliveries_anew SELECT id, run_id, purpose, name, email, letter, attachments, message_id, unique_key, state,
    created_at, attempts, next_attempt_at, last_reply, possible_duplicate, composed, fence, claimed_by, lease_until,
    linked, NULL FROM deliveries;
CREATE TABLE attempts_anew (
    delivery_id INTEGER NOT NULL REFERENCES deliveries_anew (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL CHECK (number >= 1),
    begun_at    TEXT NOT NULL,
    ended_at    TEXT,                               -- NULL while it lasts, and where a crash ended it
    outcome     TEXT CHECK (outcome IN ('delivered', 'transient', 'permanent', 'no_answer', 'channel_at_fault',
                    'interrupted')),
    reply       TEXT,
    PRIMARY KEY (delivery_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO attempts_anew SELECT delivery_id, number, begun_at, ended_at, outcome, reply FROM attempts;
DROP TABLE attempts;
DROP TABLE deliveries;
ALTER TABLE deliveries_anew RENAME TO deliveries;
ALTER TABLE attempts_anew RENAME TO attempts;
CREATE INDEX deliveries_by_state ON deliveries (state, next_attempt_at);
CREATE INDEX deliveries_of_run ON deliveries (run_id);
CREATE INDEX deliveries_due ON deliveries (next_attempt_at, id) WHERE state IN ('pending', 'waiting', 'unknown');
CREATE INDEX attempts_by_time ON attempts (begun_at);
-- A bounce names the mail it is about; and an address is asked about by its mails.
CREATE INDEX deliveries_by_message ON deliveries (message_id);
CREATE INDEX deliveries_to ON deliveries (email COLLATE NOCASE, id);
