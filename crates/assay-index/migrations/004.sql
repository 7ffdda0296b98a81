-- What samples speak of, as the measures of a snapshot found it.

CREATE TABLE topic (
    snapshot INTEGER NOT NULL,
    topic    INTEGER NOT NULL,
    name     TEXT    NOT NULL,                -- the class: its most characteristic words
    PRIMARY KEY (snapshot, topic)
) STRICT, WITHOUT ROWID;

CREATE TABLE sample_topic (
    snapshot INTEGER NOT NULL,
    sample   INTEGER NOT NULL,
    topic    INTEGER NOT NULL,
    PRIMARY KEY (snapshot, sample)
) STRICT, WITHOUT ROWID;
CREATE INDEX sample_topic_topic ON sample_topic (snapshot, topic);

-- How to hold other data against these topics.
CREATE TABLE topic_model (
    snapshot INTEGER PRIMARY KEY,
    model    TEXT    NOT NULL                 -- JSON
) STRICT;
