-- Datasets marked as the output of a model of one's own. A projection, rebuilt from the log.
CREATE TABLE known_synthetic (
    dataset  TEXT PRIMARY KEY,
    marked   INTEGER NOT NULL,
    unmarked INTEGER
) STRICT, WITHOUT ROWID;
