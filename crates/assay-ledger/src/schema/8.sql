-- The samples of acts on many at once; the act's entry holds their hash.
CREATE TABLE bulk_item (
    act    BLOB NOT NULL REFERENCES entry (id),
    sample BLOB NOT NULL CHECK (length(sample) = 32),
    PRIMARY KEY (act, sample)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER bulk_item_never_changes BEFORE UPDATE ON bulk_item
BEGIN SELECT RAISE(ABORT, 'the samples of a bulk act are frozen'); END;

CREATE TRIGGER bulk_item_never_goes BEFORE DELETE ON bulk_item
BEGIN SELECT RAISE(ABORT, 'the samples of a bulk act are frozen'); END;

CREATE TRIGGER bulk_item_comes_once BEFORE INSERT ON bulk_item
BEGIN
    SELECT RAISE(ABORT, 'the samples of a bulk act are frozen')
    WHERE EXISTS (SELECT 1 FROM bulk_item WHERE act = NEW.act AND sample = NEW.sample);
END;

-- Acts on many samples at once. word: the tag, or who they were routed to. withdrawn: the entry that took it back.
-- A projection, rebuilt from the log.
CREATE TABLE bulk_act (
    id        BLOB PRIMARY KEY CHECK (length(id) = 16),
    seq       INTEGER NOT NULL,
    actor     TEXT NOT NULL,
    act       TEXT NOT NULL CHECK (act IN ('exclude', 'tag', 'route')),
    word      TEXT NOT NULL,
    withdrawn INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX bulk_act_in_order ON bulk_act (seq);
