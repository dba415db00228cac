-- One database a build: what was read, how far each item is, what the model said of it, and what people say of its card.
-- Terminal and study pages read and write the same tables.

CREATE TABLE IF NOT EXISTS about (
    key   TEXT PRIMARY KEY,     -- recipe (what decides the cards), created, prices, skipped, ...
    value TEXT NOT NULL         -- JSON
);

-- A dialogue or a post, without identifiers: nothing here but what may be sent.
CREATE TABLE IF NOT EXISTS items (
    number   INTEGER PRIMARY KEY,   -- place in the reading order, from 0
    id       TEXT NOT NULL UNIQUE,  -- the card's id too
    place    TEXT NOT NULL,         -- file and line, or place within it
    language TEXT NOT NULL,
    turns    TEXT NOT NULL,         -- JSON: [{who, text}]
    masked   TEXT NOT NULL,         -- JSON: identifiers taken out, {kind: count}
    stage    TEXT NOT NULL,         -- read, passed, extracted, built; filtered and failed end before a card
    reason   TEXT,                  -- of filtered and failed
    detail   TEXT
);
CREATE INDEX IF NOT EXISTS items_by_stage ON items (stage);

-- What the model answered, once a step; the answer is its own, before anything was verified.
CREATE TABLE IF NOT EXISTS answers (
    number        INTEGER NOT NULL,
    step          TEXT NOT NULL,    -- extract, category
    answer        TEXT,             -- JSON; NULL where none could be read
    repaired      INTEGER NOT NULL, -- whether the first answer did not fit the form
    prompt        TEXT NOT NULL,    -- id.language@version
    seed          INTEGER NOT NULL,
    model         TEXT,             -- as the server names it
    finish_reason TEXT,
    tokens_in     INTEGER,
    tokens_out    INTEGER,
    latency       REAL,             -- seconds
    attempts      INTEGER,
    PRIMARY KEY (number, step)
) WITHOUT ROWID;

-- Calls that brought no answer because of the server: the item stays where it is, and the same command asks again.
CREATE TABLE IF NOT EXISTS faults (
    number     INTEGER NOT NULL,
    step       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    detail     TEXT NOT NULL,
    tokens_in  INTEGER,
    tokens_out INTEGER,
    attempts   INTEGER
);

-- Every entry that was extracted, with its evidence and what came of it.
CREATE TABLE IF NOT EXISTS fields (
    number   INTEGER NOT NULL,
    place    INTEGER NOT NULL,      -- order in the card
    name     TEXT NOT NULL,         -- problem, age, facts.1, ...
    value    TEXT NOT NULL,
    quotes   TEXT NOT NULL,         -- JSON: the seeker's words that it rests on
    rejected TEXT,                  -- why it is not believed; NULL: it stands
    depth    TEXT,
    feeling  TEXT,
    PRIMARY KEY (number, place)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS cards (
    number     INTEGER PRIMARY KEY,
    card       TEXT NOT NULL,       -- JSON: a RoleCard; of items at `extracted` without category and grade
    grade      TEXT,
    category   TEXT,                -- the leaf that the model named, kept or not
    confidence REAL
);

-- What people say of a card; one verdict a reviewer, who may change their mind.
CREATE TABLE IF NOT EXISTS reviews (
    number   INTEGER NOT NULL,
    reviewer TEXT NOT NULL,
    verdict  TEXT NOT NULL,         -- accept, edit, reject
    reason   TEXT,                  -- of reject
    card     TEXT,                  -- JSON, of edit: the card as the reviewer has it
    at       TEXT NOT NULL,         -- UTC
    PRIMARY KEY (number, reviewer)
) WITHOUT ROWID;
