-- Who made the parts of samples whose parts differ: each origin once. The parts of all other samples have the sample's own.
CREATE TABLE part_origin (
    sample INTEGER NOT NULL,
    origin TEXT    NOT NULL,
    PRIMARY KEY (sample, origin)
) STRICT, WITHOUT ROWID;
