-- Who may use the dashboard. While there is no account, whoever sits at this machine may do everything.
CREATE TABLE accounts (
    name        TEXT PRIMARY KEY CHECK (name = lower(name) AND length(name) BETWEEN 1 AND 64),
    password    TEXT NOT NULL CHECK (password LIKE '$argon2id$%'),
    role        TEXT NOT NULL CHECK (role IN ('viewer', 'secretariat', 'approver', 'admin')),
    created_at  TEXT NOT NULL,
    password_at TEXT NOT NULL
) STRICT;
-- A session is known by the hash of what the browser carries, so that a copy of the ledger opens none.
CREATE TABLE sessions (
    hash       TEXT PRIMARY KEY,
    account    TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    seen_at    TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_account ON sessions (account);
-- What scripts carry, by its hash.
CREATE TABLE tokens (
    hash       TEXT PRIMARY KEY,
    account    TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
    purpose    TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at    TEXT
) STRICT;
CREATE INDEX tokens_by_account ON tokens (account);
