-- Versions are packed once they are not the newest any more: how, and against which other one, by its number.
ALTER TABLE versions ADD COLUMN codec TEXT NOT NULL DEFAULT 'plain';
ALTER TABLE versions ADD COLUMN packed BLOB;
ALTER TABLE versions ADD COLUMN keyframe INTEGER;

-- Entries whose versions are to be looked after, and when.
CREATE TABLE version_upkeep (
    entry_id TEXT PRIMARY KEY REFERENCES entries (id),
    due_at INTEGER NOT NULL
) STRICT;
CREATE INDEX version_upkeep_due ON version_upkeep (due_at, entry_id);
