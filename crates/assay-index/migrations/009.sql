-- Why samples have no score of style. Whose words are too few has no row, where the reasons were kept at all.
ALTER TABLE style_model ADD COLUMN reasons INTEGER NOT NULL DEFAULT 0;

CREATE TABLE style_reason (
    snapshot INTEGER NOT NULL,
    sample   INTEGER NOT NULL,
    reason   TEXT    NOT NULL,
    PRIMARY KEY (snapshot, sample)
) STRICT, WITHOUT ROWID;
