-- One database a study, in SQLite or PostgreSQL: both read this. What participants write is here a moment after they send it, and what they type soon after.
-- Tokens are kept as SHA-256 hashes only.

CREATE TABLE about (
    key   TEXT PRIMARY KEY,      -- parts (what results depend on), created, kind
    value TEXT NOT NULL          -- JSON
);

CREATE TABLE participants (
    code      TEXT PRIMARY KEY,
    language  TEXT NOT NULL,
    consent   TEXT,              -- digest of the text that was agreed to
    consented TEXT,              -- when
    stopped   TEXT,              -- when they withdrew
    deleted   INTEGER NOT NULL DEFAULT 0,
    seen      TEXT               -- when last
);

CREATE TABLE links (
    number  INTEGER PRIMARY KEY,
    hash    TEXT NOT NULL UNIQUE,
    role    TEXT NOT NULL,       -- participant or researcher
    code    TEXT NOT NULL,
    created TEXT NOT NULL,
    expires TEXT NOT NULL,
    revoked TEXT
);

CREATE TABLE sessions (
    hash    TEXT PRIMARY KEY,
    link    INTEGER NOT NULL REFERENCES links (number),
    created TEXT NOT NULL
);

CREATE TABLE talks (
    number       INTEGER PRIMARY KEY,
    participant  TEXT NOT NULL REFERENCES participants (code),
    position     INTEGER NOT NULL,   -- from 1, in the participant's order
    system       TEXT NOT NULL,
    condition    TEXT NOT NULL,
    card         TEXT NOT NULL,
    language     TEXT NOT NULL,
    letter       TEXT NOT NULL,      -- what the participant knows the system by
    begun        TEXT,
    ended        TEXT,               -- the last word is said; what is asked of it may be open
    ending       TEXT,               -- resolved, withdrew, limit, failed
    fault_kind   TEXT,               -- why the system could not answer the last time it was asked
    fault_detail TEXT,
    rated        TEXT,               -- what is asked of it has been answered
    UNIQUE (participant, position)
);

CREATE TABLE turns (
    talk     INTEGER NOT NULL REFERENCES talks (number),
    position INTEGER NOT NULL,       -- from 0
    speaker  TEXT NOT NULL,
    text     TEXT NOT NULL,
    usage    TEXT,                   -- JSON: what a supporter's turn took
    said     TEXT NOT NULL,          -- when
    PRIMARY KEY (talk, position)
) WITHOUT ROWID;

CREATE TABLE answers (
    participant TEXT NOT NULL REFERENCES participants (code),
    place       TEXT NOT NULL,       -- start, end, system:NAME, before:POSITION, dialogue:POSITION
    item        TEXT NOT NULL,
    value       TEXT,                -- JSON: a number, a text, or null for no answer
    given       TEXT NOT NULL,       -- when
    PRIMARY KEY (participant, place, item)
) WITHOUT ROWID;

-- What is typed and not yet sent.
CREATE TABLE drafts (
    participant TEXT NOT NULL REFERENCES participants (code),
    place       TEXT NOT NULL,       -- as in answers, or talk:POSITION
    fields      TEXT NOT NULL,       -- JSON: lists of texts by field
    saved       TEXT NOT NULL,
    PRIMARY KEY (participant, place)
) WITHOUT ROWID;
