-- The versions of its rubric that a queue asked, the latest counts. answers: what became of those given before;
-- `first` where there were none. A projection, rebuilt from the log.
CREATE TABLE queue_rubric (
    queue   BLOB NOT NULL,
    name    TEXT NOT NULL,
    version INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    answers TEXT NOT NULL CHECK (answers IN ('first', 'still_valid', 'ask_again', 'mapped')),
    PRIMARY KEY (queue, version)
) STRICT, WITHOUT ROWID;
INSERT INTO queue_rubric (queue, name, version, seq, answers)
    SELECT queue.id, substr(rubric, 1, instr(rubric, '@') - 1), CAST(substr(rubric, instr(rubric, '@') + 1) AS INTEGER),
           seq, 'first'
    FROM (SELECT id, seq, json_extract(body, '$.terms.rubric') AS rubric FROM queue JOIN entry USING (id, seq)) AS queue;

-- state: standing; undone (can be redone); dropped (undone, then another decision came);
-- superseded (asked again under a later rubric); quarantined (behind a fork of its feed).
-- own: what the reviewer's own undos and redos make of it, whatever happened since.
-- version: of the rubric it answers.
CREATE TABLE decision_with_own (
    seq     INTEGER PRIMARY KEY,
    id      BLOB NOT NULL UNIQUE,
    queue   BLOB NOT NULL,
    actor   TEXT NOT NULL,
    sample  BLOB NOT NULL,
    verdict TEXT NOT NULL,
    origin  TEXT,
    version INTEGER NOT NULL,
    state   TEXT NOT NULL CHECK (state IN ('standing', 'undone', 'dropped', 'superseded', 'quarantined')),
    own     TEXT NOT NULL CHECK (own IN ('standing', 'undone', 'dropped'))
) STRICT;
INSERT INTO decision_with_own (seq, id, queue, actor, sample, verdict, origin, version, state, own)
    SELECT decision.seq, decision.id, queue, actor, sample, verdict, origin,
           CAST(substr(json_extract(body, '$.rubric'), instr(json_extract(body, '$.rubric'), '@') + 1) AS INTEGER),
           state, state
    FROM decision JOIN entry ON entry.seq = decision.seq;
DROP TABLE decision;
ALTER TABLE decision_with_own RENAME TO decision;
CREATE INDEX decision_by_reviewer ON decision (queue, actor, state, seq);
CREATE INDEX decision_by_sample ON decision (sample, actor, state, seq);
CREATE INDEX decision_by_own ON decision (queue, actor, own, seq);

-- Whether a queue's reviewers may know of each other's answers.
ALTER TABLE queue ADD COLUMN blind INTEGER NOT NULL DEFAULT 0;
UPDATE queue SET blind = (SELECT json_extract(body, '$.terms.blind') FROM entry WHERE entry.seq = queue.seq);
