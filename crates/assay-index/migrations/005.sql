-- The stylometric signal of a snapshot: a signal beside the evidence, never part of it.
CREATE TABLE style_model (
    snapshot   INTEGER PRIMARY KEY,
    trained_on INTEGER NOT NULL,              -- the snapshot it learned from: itself, or another one
    model      TEXT    NOT NULL,              -- JSON: what scores a text
    summary    TEXT    NOT NULL               -- JSON: how often it was wrong where it learned
) STRICT;

CREATE TABLE style_score (
    snapshot   INTEGER NOT NULL,
    sample     INTEGER NOT NULL,
    part       INTEGER NOT NULL,
    score      REAL    NOT NULL,
    trained_as TEXT,                          -- what training took it to be, scored by a model that did not see it
    PRIMARY KEY (snapshot, sample, part)
) STRICT, WITHOUT ROWID;
