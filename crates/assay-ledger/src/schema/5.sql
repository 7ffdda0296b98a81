-- Packs: `issued` to a person from here, or `opened` here by them. quarantined_from: the first place of its feed at which two
-- returns differ. A projection, rebuilt from the log.
CREATE TABLE pack (
    id               BLOB PRIMARY KEY CHECK (length(id) = 16),
    seq              INTEGER NOT NULL,
    side             TEXT NOT NULL CHECK (side IN ('issued', 'opened')),
    queue            BLOB NOT NULL,
    person           TEXT NOT NULL,
    version          INTEGER NOT NULL,
    quarantined_from INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX pack_by_queue ON pack (queue, person);

-- What came back with packs, act by act. decision: the one it makes, takes back or puts back. A projection, rebuilt from the log.
CREATE TABLE feed (
    pack     BLOB NOT NULL,
    place    INTEGER NOT NULL,
    chain    BLOB NOT NULL CHECK (length(chain) = 32),
    entry    BLOB NOT NULL UNIQUE,
    kind     TEXT NOT NULL,
    decision BLOB,
    PRIMARY KEY (pack, place)
) STRICT, WITHOUT ROWID;

-- The pack that a decision came back with; none where it was made here.
ALTER TABLE decision ADD COLUMN pack BLOB;
