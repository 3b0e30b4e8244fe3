-- Files that came with what visitors sent. One whose submission is gone, by whatever way that went, has none any more, and goes with the next sweep:
-- nothing that deletes a submission has to know of its files.
CREATE TABLE submission_files (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES projects (id),
    submission_id TEXT REFERENCES submissions (id) ON DELETE SET NULL,
    n INTEGER NOT NULL,
    field TEXT NOT NULL,
    filename TEXT NOT NULL,
    mime_type TEXT NOT NULL,
    blob_id TEXT NOT NULL REFERENCES blobs (id)
) STRICT;
CREATE INDEX submission_files_of ON submission_files (submission_id, n);
CREATE INDEX submission_files_project ON submission_files (project_id);
CREATE INDEX submission_files_blob ON submission_files (blob_id);
