-- One database a run. A turn is a row as soon as it is said.

CREATE TABLE IF NOT EXISTS about (
    key   TEXT PRIMARY KEY,     -- name, kind ('run' or 'import'), signature, created, judges, ...
    value TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS dialogues (
    number       INTEGER PRIMARY KEY,   -- place in the plan: the order of export
    id           TEXT NOT NULL,         -- hash of what defines the dialogue
    system       TEXT NOT NULL,
    condition    TEXT NOT NULL,
    card         TEXT NOT NULL,
    language     TEXT NOT NULL,
    replicate    INTEGER NOT NULL,
    finished     INTEGER NOT NULL DEFAULT 0,
    ending       TEXT,                  -- resolved, withdrew, limit, failed; NULL while it is not known
    fault_kind   TEXT,
    fault_detail TEXT
);
CREATE INDEX IF NOT EXISTS dialogues_by_id ON dialogues (id);

CREATE TABLE IF NOT EXISTS turns (
    place         INTEGER PRIMARY KEY,  -- dialogue number * 2^20 + position: a dialogue's turns lie together
    speaker       TEXT NOT NULL,
    text          TEXT NOT NULL,
    act           TEXT,                 -- the seeker's move
    trace         BLOB,                 -- JSON: state, appraisal, move, emotion, rewordings
    model         TEXT,
    finish_reason TEXT,
    tokens_in     INTEGER,
    tokens_out    INTEGER,
    latency       REAL,                 -- seconds
    attempts      INTEGER
);

-- What was paid for turns that did not come about; a dialogue that fails again adds a row.
CREATE TABLE IF NOT EXISTS lost (
    number        INTEGER NOT NULL,     -- of the dialogue
    speaker       TEXT NOT NULL,
    model         TEXT,
    tokens_in     INTEGER,
    tokens_out    INTEGER,
    attempts      INTEGER
);

CREATE TABLE IF NOT EXISTS measures (
    number    INTEGER NOT NULL,         -- of the dialogue
    judge     TEXT NOT NULL,            -- 'seeker' for what its hidden state says, 'people' for what people said
    dimension TEXT NOT NULL,
    score     REAL,                     -- NULL: unscored
    unscored  TEXT,                     -- why
    PRIMARY KEY (number, judge, dimension)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS grounds (
    number    INTEGER NOT NULL,         -- of the dialogue
    judge     TEXT NOT NULL,
    dimension TEXT NOT NULL,
    grounds   TEXT NOT NULL,            -- JSON: reason, quotes, samples, members
    PRIMARY KEY (number, judge, dimension)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS judgements (
    number     INTEGER NOT NULL,        -- of the dialogue
    judge      TEXT NOT NULL,
    asked      TEXT NOT NULL,           -- the judge itself, or a member of a jury
    model      TEXT,
    tokens_in  INTEGER,
    tokens_out INTEGER,
    latency    REAL,                    -- seconds
    attempts   INTEGER,
    PRIMARY KEY (number, judge, asked)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS preferences (
    one        INTEGER NOT NULL,        -- number of a dialogue
    other      INTEGER NOT NULL,        -- of the dialogue of another system with the same seeker
    judge      TEXT NOT NULL,
    dimension  TEXT NOT NULL,
    score      REAL,                    -- 1: one is better, 0: the other, 0.5: a tie; NULL: unscored
    consistent INTEGER,                 -- whether both orders gave the same answer
    unscored   TEXT,                    -- why
    reason     TEXT,
    PRIMARY KEY (one, other, judge, dimension)
) WITHOUT ROWID;
