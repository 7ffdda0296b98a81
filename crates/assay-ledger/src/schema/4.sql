-- An adjudicator's own answer to a disputed sample, given before they saw the reviewers'. A projection, rebuilt from the log.
CREATE TABLE adjudication_first (
    id     BLOB PRIMARY KEY CHECK (length(id) = 16),
    seq    INTEGER NOT NULL,
    sample BLOB NOT NULL,
    actor  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX adjudication_first_by_sample ON adjudication_first (sample, actor);

-- Disputes as they were settled. A projection, rebuilt from the log.
CREATE TABLE adjudication (
    id      BLOB PRIMARY KEY CHECK (length(id) = 16),
    seq     INTEGER NOT NULL,
    queue   BLOB NOT NULL,
    sample  BLOB NOT NULL,
    actor   TEXT NOT NULL,
    verdict TEXT NOT NULL,
    origin  TEXT,
    cause   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX adjudication_by_sample ON adjudication (sample, seq);

-- The decisions that each of them settled. A projection, rebuilt from the log.
CREATE TABLE adjudication_settles (
    adjudication BLOB NOT NULL,
    decision     BLOB NOT NULL,
    PRIMARY KEY (adjudication, decision)
) STRICT, WITHOUT ROWID;

-- What an entry is about, so that the log can be read without what a reader may not know.
ALTER TABLE activity ADD COLUMN queue BLOB;
ALTER TABLE activity ADD COLUMN sample BLOB;
UPDATE activity SET
    queue = (SELECT unhex(replace(json_extract(body, '$.queue'), '-', '')) FROM entry WHERE entry.seq = activity.seq),
    sample = (SELECT unhex(substr(json_extract(body, '$.sample'), 8)) FROM entry WHERE entry.seq = activity.seq)
    WHERE kind IN ('decided', 'unsealed');
UPDATE activity SET (queue, sample) =
    (SELECT decision.queue, decision.sample FROM entry
     JOIN decision ON decision.id = unhex(replace(json_extract(body, '$.decision'), '-', '')) WHERE entry.seq = activity.seq)
    WHERE kind IN ('undone', 'redone');
