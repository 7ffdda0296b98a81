-- Releases among what was indexed: folders that an Assay wrote as a training set.
CREATE TABLE release_read (
    snapshot INTEGER NOT NULL REFERENCES snapshot DEFERRABLE INITIALLY DEFERRED,
    path     TEXT    NOT NULL,             -- its folder, relative to the indexed root; empty for the root
    dataset  TEXT    NOT NULL,             -- what it is a release of
    number   INTEGER NOT NULL,
    policy   TEXT    NOT NULL,
    manifest BLOB    NOT NULL,             -- digest of the manifest
    PRIMARY KEY (snapshot, path)
) STRICT, WITHOUT ROWID;
