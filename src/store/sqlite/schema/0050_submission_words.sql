-- What visitors have sent is searched by a full-text index of its own. Unlike that of contents it keeps what it indexes: so a word that is deleted
-- is taken out of it at once, and is not left in the file until parts of the index are merged.
CREATE TABLE submission_docs (
    id INTEGER PRIMARY KEY,
    submission_id TEXT NOT NULL UNIQUE
) STRICT;
CREATE VIRTUAL TABLE submission_index USING fts5 (words, form, tokenize = 'ascii');
INSERT INTO submission_index (submission_index, rank) VALUES ('secure-delete', 1);
ALTER TABLE submissions DROP COLUMN search;
