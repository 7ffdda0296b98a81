-- Snapshots that were released for training, and how much gold each held. A projection, rebuilt from the log.
CREATE TABLE training_release (
    seq       INTEGER PRIMARY KEY,
    id        BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    dataset   TEXT NOT NULL,
    snapshot  INTEGER NOT NULL,
    root      BLOB NOT NULL CHECK (length(root) = 32),
    exact     INTEGER NOT NULL,
    near      INTEGER NOT NULL,
    withdrawn INTEGER
) STRICT;
