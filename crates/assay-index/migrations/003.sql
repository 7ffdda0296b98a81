-- What the measures rested on besides the columns: thresholds, keep policy, judgements about duplicates.
ALTER TABLE snapshot ADD COLUMN measured_under TEXT;
-- Who said that a pair is none: JSON {"entry", "by", "reason"}; NULL where nobody did.
ALTER TABLE pair ADD COLUMN judgement TEXT;
-- The strongest level at which a member is redundant: exact, normalised, near; empty for the representative.
ALTER TABLE cluster_member ADD COLUMN redundant TEXT NOT NULL DEFAULT '';
-- How much of a sample repeats itself (Gopher, Rae et al. 2021, table A1). Only samples with any repetition have a row.
CREATE TABLE repetition (
    sample INTEGER PRIMARY KEY,
    repeated_lines REAL NOT NULL,
    repeated_line_text REAL NOT NULL,
    repeated_paragraphs REAL NOT NULL,
    repeated_paragraph_text REAL NOT NULL,
    top_2gram REAL NOT NULL,
    top_3gram REAL NOT NULL,
    top_4gram REAL NOT NULL,
    repeated_5grams REAL NOT NULL,
    repeated_6grams REAL NOT NULL,
    repeated_7grams REAL NOT NULL,
    repeated_8grams REAL NOT NULL,
    repeated_9grams REAL NOT NULL,
    repeated_10grams REAL NOT NULL
) STRICT;
