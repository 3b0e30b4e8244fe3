-- What was in a file before other bytes took its place. What is in it now is no row here: its number, when it came and who brought it stand in the
-- file (null where it is what the file was made of), and when old versions may become fewer.
CREATE TABLE file_versions (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    file_id TEXT NOT NULL REFERENCES files (id),
    version INTEGER NOT NULL,
    blob_id TEXT NOT NULL REFERENCES blobs (id),
    mime_type TEXT NOT NULL,
    width INTEGER,
    height INTEGER,
    created_at INTEGER NOT NULL,
    created_by TEXT
) STRICT;
CREATE UNIQUE INDEX file_versions_of ON file_versions (file_id, version);
CREATE INDEX file_versions_blob ON file_versions (blob_id);
ALTER TABLE files ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE files ADD COLUMN content_at INTEGER;
ALTER TABLE files ADD COLUMN content_by TEXT;
ALTER TABLE files ADD COLUMN versions_due INTEGER;
CREATE INDEX files_versions_due ON files (versions_due, id) WHERE versions_due IS NOT NULL;
