-- What the operators are to know. Of each cause one notice is open at a time; what has been told of
-- it stands beside it, so that a crash between the two tells nothing twice.
CREATE TABLE notices (
    id      INTEGER PRIMARY KEY,
    cause   TEXT NOT NULL,
    origin  TEXT NOT NULL CHECK (origin IN ('seen', 'raised')),  -- looked for anew each time, or said by a stage
    content TEXT NOT NULL CHECK (json_valid(content)),
    since   TEXT NOT NULL,
    over_at TEXT,
    told_at TEXT,                                                -- the last mail about it
    told    TEXT CHECK (told IS NULL OR json_valid(told)),       -- what it said
    mails   INTEGER NOT NULL DEFAULT 0 CHECK (mails >= 0),
    is_done INTEGER NOT NULL DEFAULT 0 CHECK (is_done IN (0, 1)),
    CHECK (is_done = 0 OR over_at IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX notices_open ON notices (cause) WHERE over_at IS NULL;
CREATE INDEX notices_by_cause ON notices (cause, id);
CREATE INDEX notices_not_done ON notices (is_done) WHERE is_done = 0;
