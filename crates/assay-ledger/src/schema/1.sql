-- The log. Everything else in this file can be rebuilt from it or is checked against it.
CREATE TABLE entry (
    seq  INTEGER PRIMARY KEY,
    id   BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    body TEXT NOT NULL CHECK (octet_length(body) <= 65536),
    leaf BLOB NOT NULL CHECK (length(leaf) = 32)
) STRICT;

CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- INSERT OR REPLACE would pass the two guards above.
CREATE TRIGGER entry_comes_in_order BEFORE INSERT ON entry
BEGIN
    SELECT RAISE(ABORT, 'entries are numbered without gaps')
    WHERE NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM entry);
    SELECT RAISE(ABORT, 'the entry id is taken')
    WHERE EXISTS (SELECT 1 FROM entry WHERE id = NEW.id);
END;

-- Free words beside the log; bodies hold SHA-256(salt || text).
CREATE TABLE note (
    entry BLOB PRIMARY KEY REFERENCES entry (id),
    salt  BLOB NOT NULL CHECK (length(salt) = 16),
    text  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER note_never_changes BEFORE UPDATE ON note
BEGIN SELECT RAISE(ABORT, 'notes are append-only'); END;

CREATE TRIGGER note_never_goes BEFORE DELETE ON note
BEGIN SELECT RAISE(ABORT, 'notes are append-only'); END;

CREATE TRIGGER note_comes_once BEFORE INSERT ON note
BEGIN
    SELECT RAISE(ABORT, 'the entry has its note')
    WHERE EXISTS (SELECT 1 FROM note WHERE entry = NEW.entry);
END;

-- Frozen lists; the queue's entry holds their hash.
CREATE TABLE queue_item (
    queue    BLOB NOT NULL REFERENCES entry (id),
    position INTEGER NOT NULL,
    sample   BLOB NOT NULL CHECK (length(sample) = 32),
    PRIMARY KEY (queue, position),
    UNIQUE (queue, sample)
) STRICT, WITHOUT ROWID;

CREATE INDEX queue_item_by_sample ON queue_item (sample);

CREATE TRIGGER queue_item_never_changes BEFORE UPDATE ON queue_item
BEGIN SELECT RAISE(ABORT, 'queues are frozen'); END;

CREATE TRIGGER queue_item_never_goes BEFORE DELETE ON queue_item
BEGIN SELECT RAISE(ABORT, 'queues are frozen'); END;

CREATE TRIGGER queue_item_comes_once BEFORE INSERT ON queue_item
BEGIN
    SELECT RAISE(ABORT, 'queues are frozen')
    WHERE EXISTS (SELECT 1 FROM queue_item
                  WHERE queue = NEW.queue AND (position = NEW.position OR sample = NEW.sample));
END;

-- Texts of frozen queues and of gold; checked against their digest when read.
CREATE TABLE kept_sample (
    digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
    parts  TEXT NOT NULL,
    facts  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Projections: rebuilt from the log at any time.
CREATE TABLE activity (
    seq   INTEGER PRIMARY KEY,
    kind  TEXT NOT NULL,
    actor TEXT NOT NULL
) STRICT;
CREATE INDEX activity_by_kind ON activity (kind, seq);
CREATE INDEX activity_by_actor ON activity (actor, seq);

CREATE TABLE person (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    seq  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE rubric (
    name    TEXT NOT NULL,
    version INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE queue (
    id   BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    seq  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- state: standing; undone (can be redone); dropped (undone, then another decision came).
CREATE TABLE decision (
    seq     INTEGER PRIMARY KEY,
    id      BLOB NOT NULL UNIQUE,
    queue   BLOB NOT NULL,
    actor   TEXT NOT NULL,
    sample  BLOB NOT NULL,
    verdict TEXT NOT NULL,
    origin  TEXT,
    state   TEXT NOT NULL CHECK (state IN ('standing', 'undone', 'dropped'))
) STRICT;
CREATE INDEX decision_by_reviewer ON decision (queue, actor, state, seq);
CREATE INDEX decision_by_sample ON decision (sample, actor, state, seq);

CREATE TABLE gold (
    sample   BLOB PRIMARY KEY,
    promoted INTEGER NOT NULL,
    revoked  INTEGER
) STRICT, WITHOUT ROWID;
