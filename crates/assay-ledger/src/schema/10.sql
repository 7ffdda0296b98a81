-- Keys and sign-offs: projections, rebuilt from the log.
CREATE TABLE person_key (
    public      TEXT PRIMARY KEY,
    person      TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    revoked     INTEGER,
    compromised INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_off (
    seq        INTEGER PRIMARY KEY,
    id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    dataset    TEXT NOT NULL,
    snapshot   INTEGER NOT NULL,
    root       BLOB NOT NULL CHECK (length(root) = 32),
    statement  BLOB NOT NULL CHECK (length(statement) = 32),
    signers    INTEGER NOT NULL,
    supersedes BLOB,
    superseded INTEGER,
    withdrawn  INTEGER
) STRICT;
CREATE INDEX sign_off_by_dataset ON sign_off (dataset, seq);

CREATE TABLE signer (
    sign_off BLOB NOT NULL,
    person   TEXT NOT NULL,
    public   TEXT NOT NULL,
    seq      INTEGER NOT NULL,
    PRIMARY KEY (sign_off, person)
) STRICT, WITHOUT ROWID;

-- Signed heads, as notes. Not from the log: they are about it.
CREATE TABLE head (
    number INTEGER PRIMARY KEY,
    size   INTEGER NOT NULL,
    root   BLOB NOT NULL CHECK (length(root) = 32),
    note   TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX head_by_size ON head (size);

CREATE TRIGGER head_never_changes BEFORE UPDATE ON head
BEGIN SELECT RAISE(ABORT, 'heads are append-only'); END;

CREATE TRIGGER head_never_goes BEFORE DELETE ON head
BEGIN SELECT RAISE(ABORT, 'heads are append-only'); END;

CREATE TRIGGER head_comes_in_order BEFORE INSERT ON head
BEGIN
    SELECT RAISE(ABORT, 'heads are numbered without gaps')
    WHERE NEW.number IS NOT (SELECT coalesce(max(number) + 1, 0) FROM head);
END;

-- What a sign-off was about, by name: its envelope and the figures of its card. Checked against the entry's digest.
CREATE TABLE signed_file (
    sign_off BLOB NOT NULL,
    name     TEXT NOT NULL,
    bytes    BLOB NOT NULL,
    PRIMARY KEY (sign_off, name)
) STRICT, WITHOUT ROWID;
