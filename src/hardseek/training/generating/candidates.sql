-- Beside the tables of a run: the replies that were considered for a supporter's turn.
CREATE TABLE IF NOT EXISTS candidates (
    number     INTEGER NOT NULL,    -- of the dialogue
    position   INTEGER NOT NULL,    -- the place of the turn in the dialogue, from 0
    place      INTEGER NOT NULL,    -- among the candidates, from 0
    system     TEXT NOT NULL,
    text       TEXT NOT NULL,
    left_out   TEXT,                -- why it was not considered further
    answer     TEXT,                -- what the seeker says next
    trace      BLOB,                -- JSON: what stands behind that
    scores     TEXT NOT NULL,       -- JSON: by judge and dimension, 0 to 1
    value      REAL,
    judging    TEXT NOT NULL,       -- JSON: tokens in and out, by who was asked
    followed   INTEGER NOT NULL,
    tokens_in  INTEGER,
    tokens_out INTEGER,
    answer_in  INTEGER,
    answer_out INTEGER,
    PRIMARY KEY (number, position, place)
) WITHOUT ROWID;
