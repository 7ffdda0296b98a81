-- What models made of samples. Brought by the user from a file, which is not kept: its name and digest are.
CREATE TABLE run (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    model      TEXT NOT NULL,
    checkpoint TEXT NOT NULL,
    trained_on TEXT NOT NULL,
    dataset    TEXT NOT NULL,                 -- NAME@N that ids were looked up in; empty where digests were given
    added      TEXT NOT NULL                  -- RFC 3339
) STRICT;

CREATE TABLE run_file (
    run          INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    name         TEXT    NOT NULL,
    digest       BLOB    NOT NULL,
    rows         INTEGER NOT NULL,
    unknown      INTEGER NOT NULL,
    kept_unknown INTEGER NOT NULL,            -- of the unknown, digests: a later snapshot may hold them
    copies       INTEGER NOT NULL,            -- rows whose id names a text that another row has a result for
    unknown_keys TEXT    NOT NULL,            -- JSON list, at most 1,000
    added        TEXT    NOT NULL,
    PRIMARY KEY (run, position),
    UNIQUE (run, digest)
) STRICT, WITHOUT ROWID;

-- One result a text, attached to its digest: it outlives snapshots, files and rows.
CREATE TABLE result (
    run        INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    digest     BLOB    NOT NULL,
    loss       REAL,
    tokens     REAL,
    correct    REAL,
    confidence REAL,
    PRIMARY KEY (run, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX result_digest ON result (digest, run);
