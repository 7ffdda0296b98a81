-- Datasets marked as the output of a model of one's own. A projection, rebuilt from the log.
CREATE TABLE known_synthetic (
    dataset  TEXT PRIMARY KEY,
    marked   INTEGER NOT NULL,
    unmarked INTEGER
) STRICT, WITHOUT ROWID;
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
