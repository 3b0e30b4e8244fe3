-- Where an entry stands: below which other one, and its number among those beside it.
ALTER TABLE entries ADD COLUMN parent_id TEXT;
ALTER TABLE entries ADD COLUMN position INTEGER;
CREATE INDEX entries_parent ON entries (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX entries_position ON entries (app_id, kind, position) WHERE position IS NOT NULL;
