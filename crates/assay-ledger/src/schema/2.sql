-- What people said of duplicates. kind: not_duplicate (first, second: the two, in the order of their bytes);
-- kept (first stays, second was the representative then); keep_policy (word names it).
CREATE TABLE duplicate_judgement (
    id        BLOB PRIMARY KEY CHECK (length(id) = 16),
    seq       INTEGER NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('not_duplicate', 'kept', 'keep_policy')),
    first     BLOB,
    second    BLOB,
    word      TEXT,
    actor     TEXT NOT NULL,
    reason    TEXT NOT NULL,
    withdrawn INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX duplicate_judgement_standing ON duplicate_judgement (kind, withdrawn, seq);
