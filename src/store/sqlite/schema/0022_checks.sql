-- When it was last asked whether anything can be stored.
ALTER TABLE instance ADD COLUMN checked_at INTEGER NOT NULL DEFAULT 0;
