-- Evidence that comes after indexing, what it changed, and what records were made from.

-- Role and tokens of each part, in reading order (postcard); NULL in rows that an older Assay wrote.
ALTER TABLE sample_detail ADD COLUMN parts BLOB;

-- 0 for what indexing found, else the addition that brought it. `tokens` counts those of the parts whose origin it decided.
ALTER TABLE sample_evidence ADD COLUMN addition INTEGER NOT NULL DEFAULT 0;
-- JSON: model, prompt and time of a generation, where the record holds them.
ALTER TABLE sample_evidence ADD COLUMN record TEXT;
CREATE INDEX sample_evidence_added ON sample_evidence (sample) WHERE addition > 0;

-- What brought evidence: a reviewer's decision, a dataset marked as a model's output, a file.
CREATE TABLE addition (
    id              INTEGER PRIMARY KEY,
    kind            TEXT NOT NULL,            -- judgement, known_synthetic, file
    key             TEXT NOT NULL,            -- id of the ledger's entry, digest of the file
    name            TEXT NOT NULL,            -- for people
    actor           TEXT NOT NULL,            -- empty where nobody was named
    at              TEXT NOT NULL,            -- RFC 3339
    entry           INTEGER,                  -- of the ledger
    withdrawn_by    TEXT,
    withdrawn_at    TEXT,
    withdrawn_entry INTEGER,
    UNIQUE (kind, key)
) STRICT;

-- By digest, so that it finds its samples in every snapshot, those to come included.
CREATE TABLE added_evidence (
    digest   BLOB    NOT NULL,
    part     INTEGER NOT NULL,                -- -1 for all parts, -2 for those that a model can have written
    evidence INTEGER NOT NULL REFERENCES evidence,
    addition INTEGER NOT NULL REFERENCES addition,
    record   TEXT,
    PRIMARY KEY (digest, part, evidence, addition)
) STRICT, WITHOUT ROWID;
CREATE INDEX added_evidence_addition ON added_evidence (addition);

-- Snapshots whose samples were looked for among those of a dataset marked as a model's output.
CREATE TABLE compared (
    addition  INTEGER NOT NULL REFERENCES addition,
    reference INTEGER NOT NULL,
    data      INTEGER NOT NULL,
    PRIMARY KEY (addition, reference, data)
) STRICT, WITHOUT ROWID;

-- Samples whose origin is not the one that stands in the feature columns.
CREATE TABLE relabelled (
    sample INTEGER PRIMARY KEY,
    parts  BLOB NOT NULL                      -- tokens, origin in the columns and origin now of each part (postcard)
) STRICT;

CREATE TABLE origin_change (
    id     INTEGER PRIMARY KEY,
    sample INTEGER NOT NULL,
    at     TEXT    NOT NULL,                  -- RFC 3339
    was    TEXT    NOT NULL,                  -- JSON: origin, source class, confidence, conflict
    became TEXT    NOT NULL,
    causes TEXT    NOT NULL                   -- JSON list: the evidence that came or went, by whom
) STRICT;
CREATE INDEX origin_change_sample ON origin_change (sample);

CREATE TABLE parent (
    sample   INTEGER NOT NULL,
    position INTEGER NOT NULL,
    parent   TEXT    NOT NULL,                -- another record's id
    PRIMARY KEY (sample, position)
) STRICT, WITHOUT ROWID;

-- Longest chain of "made by a model from"; samples without one are not here.
CREATE TABLE derivation (
    snapshot INTEGER NOT NULL,
    sample   INTEGER NOT NULL,
    depth    INTEGER,                         -- NULL where a chain leads back to itself
    PRIMARY KEY (snapshot, sample)
) STRICT, WITHOUT ROWID;
