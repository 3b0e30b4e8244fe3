-- The full-text index: a document for each language of an entry. It holds words that Rust has folded and parted, and none of the texts.
-- Its numbers grow, so that the newest documents have the highest.
CREATE TABLE search_docs (
    id INTEGER PRIMARY KEY,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    locale TEXT NOT NULL,
    UNIQUE (entry_id, locale)
) STRICT;

CREATE VIRTUAL TABLE search_index USING fts5 (title, body, scope, content = '', contentless_delete = 1, tokenize = 'ascii');
