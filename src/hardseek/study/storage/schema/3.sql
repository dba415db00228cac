-- What the study team makes of what participants left: notes of interviews, the codebook, what coders marked.

CREATE TABLE interviews (
    number      INTEGER PRIMARY KEY,
    participant TEXT NOT NULL REFERENCES participants (code),
    author      TEXT NOT NULL,       -- the researcher
    begun       TEXT NOT NULL,
    ended       TEXT
);

CREATE TABLE notes (
    number    INTEGER PRIMARY KEY,
    interview INTEGER NOT NULL REFERENCES interviews (number),
    mark      TEXT NOT NULL,         -- made by the page: the same note, saved again as it grows
    question  TEXT,                  -- of the guide, NULL for a note beside it
    text      TEXT NOT NULL,
    later     INTEGER NOT NULL DEFAULT 0,  -- 1: to come back to, 2: come back to
    begun     TEXT NOT NULL,         -- when its first words were typed
    changed   TEXT NOT NULL,
    UNIQUE (interview, mark)
);

CREATE TABLE codebooks (
    number INTEGER PRIMARY KEY,      -- the version
    author TEXT NOT NULL,
    made   TEXT NOT NULL,
    codes  TEXT NOT NULL             -- JSON
);

CREATE TABLE marks (
    number  INTEGER PRIMARY KEY,
    coder   TEXT NOT NULL,
    source  TEXT NOT NULL,           -- talk:NUMBER or note:NUMBER
    place   INTEGER NOT NULL,        -- the turn, from 0
    begins  INTEGER,                 -- of a passage: its first character, from 0
    ends    INTEGER,                 -- the character after its last one
    code    TEXT NOT NULL,
    version INTEGER NOT NULL,        -- of the codebook
    made    TEXT NOT NULL
);

CREATE INDEX marks_by_source ON marks (source, place);

-- Who has finished coding what: elsewhere, what is not marked may not have been read.
CREATE TABLE coded (
    coder  TEXT NOT NULL,
    source TEXT NOT NULL,
    made   TEXT NOT NULL,
    PRIMARY KEY (coder, source)
) WITHOUT ROWID;

-- What coders agreed on when they talked about it.
CREATE TABLE settled (
    source TEXT NOT NULL,
    place  INTEGER NOT NULL,
    code   TEXT NOT NULL,
    holds  INTEGER NOT NULL,
    author TEXT NOT NULL,
    made   TEXT NOT NULL,
    remark TEXT NOT NULL,
    PRIMARY KEY (source, place, code)
) WITHOUT ROWID;
