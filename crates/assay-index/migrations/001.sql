-- Where every sample is. Rebuilt from the sources if lost.

CREATE TABLE dataset (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- A snapshot is immutable once it stands here: the whole indexing run is one transaction.
CREATE TABLE snapshot (
    id          INTEGER PRIMARY KEY,          -- also names its segment: the rows first read for it
    dataset     INTEGER NOT NULL REFERENCES dataset,
    number      INTEGER NOT NULL,
    created     TEXT    NOT NULL,             -- RFC 3339
    tool        TEXT    NOT NULL,
    map         TEXT,                         -- JSON; NULL where fields were recognised file by file
    map_digest  BLOB    NOT NULL,
    root        BLOB    NOT NULL,
    facts_root  BLOB    NOT NULL,
    files_seen  INTEGER NOT NULL,
    files_read  INTEGER NOT NULL,
    indexed     INTEGER NOT NULL,
    quarantined INTEGER NOT NULL,
    tokens      INTEGER NOT NULL,
    bytes       INTEGER NOT NULL,
    index_s     REAL    NOT NULL,
    inputs      TEXT    NOT NULL,             -- JSON list of the absolute paths given
    report      TEXT,                         -- JSON; NULL until measured
    UNIQUE (dataset, number)
) STRICT;

-- A file as it was read once. Snapshots share it while it does not change.
CREATE TABLE file (
    id          INTEGER PRIMARY KEY,
    segment     INTEGER NOT NULL,             -- the snapshot that read it
    digest      BLOB    NOT NULL,
    bytes       INTEGER NOT NULL,
    shape       TEXT    NOT NULL,             -- JSON: how to read any of its records again
    map         TEXT    NOT NULL,             -- JSON: how its records became samples
    map_digest  BLOB    NOT NULL,
    recognised  INTEGER NOT NULL,
    indexed     INTEGER NOT NULL,
    quarantined INTEGER NOT NULL,
    tokens      INTEGER NOT NULL,
    text_bytes  INTEGER NOT NULL,
    first       INTEGER NOT NULL,             -- its samples are first..first + indexed
    FOREIGN KEY (segment) REFERENCES snapshot DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE snapshot_file (
    snapshot    INTEGER NOT NULL REFERENCES snapshot DEFERRABLE INITIALLY DEFERRED,
    path        TEXT    NOT NULL,             -- relative to the indexed root
    source      BLOB    NOT NULL,             -- absolute, as the system writes it
    modified_ns INTEGER NOT NULL,
    file        INTEGER NOT NULL REFERENCES file,
    position    INTEGER NOT NULL,             -- samples before it in this snapshot
    PRIMARY KEY (snapshot, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX snapshot_file_file ON snapshot_file (file, snapshot);

CREATE TABLE refusal (
    snapshot INTEGER NOT NULL REFERENCES snapshot DEFERRABLE INITIALLY DEFERRED,
    path     TEXT NOT NULL,
    code     TEXT NOT NULL,
    message  TEXT NOT NULL,
    line     INTEGER,
    remedy   TEXT NOT NULL
) STRICT;
CREATE INDEX refusal_snapshot ON refusal (snapshot, path);

CREATE TABLE quarantine (
    file        INTEGER NOT NULL,
    line        INTEGER NOT NULL,
    column_     INTEGER,
    byte_offset INTEGER NOT NULL,
    code        TEXT NOT NULL,
    message     TEXT NOT NULL,
    excerpt     TEXT NOT NULL
) STRICT;
CREATE INDEX quarantine_file ON quarantine (file);

CREATE TABLE flag (
    file    INTEGER NOT NULL,
    line    INTEGER,
    code    TEXT NOT NULL,
    message TEXT NOT NULL
) STRICT;
CREATE INDEX flag_file ON flag (file);

-- What filters read: narrow, so that a scan of a million rows stays quick.
CREATE TABLE sample (
    id           INTEGER PRIMARY KEY,
    file         INTEGER NOT NULL,
    ordinal      INTEGER NOT NULL,
    digest       BLOB    NOT NULL,
    origin       TEXT    NOT NULL,
    source_class TEXT    NOT NULL,
    confidence   REAL    NOT NULL,
    conflict     INTEGER NOT NULL,
    tokens       INTEGER NOT NULL,
    characters   INTEGER NOT NULL,
    key          TEXT,
    language     TEXT,                        -- declared, else detected
    detected     TEXT,
    mismatch     INTEGER NOT NULL
) STRICT;
CREATE INDEX sample_digest ON sample (digest);

-- What one row or one detail view reads.
CREATE TABLE sample_detail (
    id         INTEGER PRIMARY KEY,
    line       INTEGER NOT NULL,
    locator    BLOB    NOT NULL,
    facts      BLOB    NOT NULL,              -- leaf of the facts root
    normalised BLOB    NOT NULL,
    preview    TEXT    NOT NULL,
    dimensions TEXT    NOT NULL               -- JSON object in the map's order
) STRICT;

-- One row for each value of each mapped dimension: what filters on extras and facets read.
CREATE TABLE dimension (
    name     TEXT    NOT NULL,
    sample   INTEGER NOT NULL,
    position INTEGER NOT NULL,
    value    TEXT    NOT NULL,
    number   REAL,                            -- what it reads as, for comparisons
    written  INTEGER NOT NULL,                -- 1 where the source wrote a number, not a text
    PRIMARY KEY (name, sample, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX dimension_value ON dimension (name, value);

-- Distinct reasons; samples point at them.
CREATE TABLE evidence (
    id           INTEGER PRIMARY KEY,
    kind         TEXT NOT NULL,
    origin       TEXT NOT NULL,
    source_class TEXT NOT NULL,
    confidence   REAL NOT NULL,
    source       TEXT NOT NULL,
    value        TEXT NOT NULL,
    generator    TEXT NOT NULL,
    UNIQUE (kind, origin, source_class, confidence, source, value, generator)
) STRICT;

CREATE TABLE sample_evidence (
    sample   INTEGER NOT NULL,
    part     INTEGER NOT NULL,                -- -1 for all parts
    evidence INTEGER NOT NULL REFERENCES evidence,
    tokens   INTEGER NOT NULL,                -- of the parts it speaks of
    PRIMARY KEY (sample, part, evidence)
) STRICT, WITHOUT ROWID;

-- Measures that have evidence behind them.
CREATE TABLE cluster (
    snapshot       INTEGER NOT NULL,
    cluster        INTEGER NOT NULL,
    representative INTEGER NOT NULL,
    size           INTEGER NOT NULL,
    reason         TEXT    NOT NULL,
    lowest_jaccard REAL    NOT NULL,
    PRIMARY KEY (snapshot, cluster)
) STRICT, WITHOUT ROWID;
CREATE INDEX cluster_size ON cluster (snapshot, size DESC, cluster);

CREATE TABLE cluster_member (
    snapshot    INTEGER NOT NULL,
    sample      INTEGER NOT NULL,
    cluster     INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    jaccard     REAL    NOT NULL,
    containment REAL    NOT NULL,
    PRIMARY KEY (snapshot, sample)
) STRICT, WITHOUT ROWID;
CREATE INDEX cluster_member_cluster ON cluster_member (snapshot, cluster);

CREATE TABLE pair (
    id             INTEGER PRIMARY KEY,
    snapshot       INTEGER NOT NULL,
    a              INTEGER NOT NULL,
    b              INTEGER NOT NULL,
    kind           TEXT    NOT NULL,
    jaccard        REAL    NOT NULL,
    containment    REAL    NOT NULL,
    accepted       INTEGER NOT NULL,
    representative INTEGER                    -- a or b, where one stands for the other
) STRICT;
CREATE INDEX pair_snapshot ON pair (snapshot);

CREATE TABLE passage (
    snapshot INTEGER NOT NULL,
    rank     INTEGER NOT NULL,
    unit     TEXT    NOT NULL,
    tokens   INTEGER NOT NULL,
    samples  INTEGER NOT NULL,
    found_in TEXT    NOT NULL,                -- JSON list of [sample, position], at most 100
    PRIMARY KEY (snapshot, rank)
) STRICT, WITHOUT ROWID;
