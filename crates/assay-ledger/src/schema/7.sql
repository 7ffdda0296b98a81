-- Samples that a reviewer wants others to look at. A projection, rebuilt from the log.
CREATE TABLE flag (
    sample BLOB NOT NULL CHECK (length(sample) = 32),
    actor  TEXT NOT NULL,
    queue  BLOB NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (sample, actor, queue)
) STRICT, WITHOUT ROWID;

-- Named slices as they stand. A projection, rebuilt from the log.
CREATE TABLE slice (
    name    TEXT PRIMARY KEY,
    filter  TEXT NOT NULL,
    tier    TEXT NOT NULL CHECK (tier IN ('standard', 'high_stakes')),
    blurred INTEGER NOT NULL CHECK (blurred IN (0, 1)),
    seq     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
