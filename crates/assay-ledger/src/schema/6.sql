-- The gold set as it was frozen, by number; its members are those of the log up to there. A projection, rebuilt from the log.
CREATE TABLE gold_snapshot (
    number INTEGER PRIMARY KEY,
    seq    INTEGER NOT NULL,
    size   INTEGER NOT NULL,
    root   BLOB NOT NULL CHECK (length(root) = 32)
) STRICT;
