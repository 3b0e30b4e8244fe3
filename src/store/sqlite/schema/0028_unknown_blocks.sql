-- What a project does with new blocks of a type that is not known: `refuse` or `keep`.
ALTER TABLE projects ADD COLUMN unknown_blocks TEXT NOT NULL DEFAULT 'refuse';
