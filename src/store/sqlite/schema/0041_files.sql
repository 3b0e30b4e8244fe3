-- The bytes of files, once for all files of a project that have the same: `hash` is null while they come in and while they go. `drop_at` is when
-- they may go; null as long as something refers to them.
CREATE TABLE blobs (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    hash TEXT,
    size INTEGER NOT NULL,
    place TEXT NOT NULL,
    drop_at INTEGER
) STRICT;
CREATE UNIQUE INDEX blobs_hash ON blobs (project_id, hash);
CREATE INDEX blobs_drop ON blobs (drop_at, id);

CREATE TABLE blob_chunks (
    blob_id TEXT NOT NULL REFERENCES blobs (id),
    n INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (blob_id, n)
) STRICT;

-- Bytes in the folder beside the database that no row speaks of any more.
CREATE TABLE blob_leftovers (
    blob_id TEXT PRIMARY KEY
) STRICT;

CREATE TABLE folders (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    parent_id TEXT REFERENCES folders (id),
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    slug TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    deleted_by TEXT
) STRICT;
CREATE INDEX folders_newest ON folders (project_id, created_at, id);
CREATE INDEX folders_name ON folders (project_id, name_fold, id);
CREATE INDEX folders_in ON folders (project_id, parent_id, name_fold, id);
CREATE INDEX folders_parent ON folders (parent_id);
CREATE INDEX folders_trash ON folders (project_id, deleted_at, id);
CREATE INDEX folders_gone ON folders (deleted_at, id) WHERE deleted_at IS NOT NULL;

CREATE TABLE files (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    folder_id TEXT REFERENCES folders (id),
    filename TEXT NOT NULL,
    filename_fold TEXT NOT NULL,
    original_filename TEXT NOT NULL,
    mime_type TEXT NOT NULL,
    blob_id TEXT NOT NULL REFERENCES blobs (id),
    size INTEGER NOT NULL,
    is_public INTEGER NOT NULL,
    grounding TEXT NOT NULL,
    permission_group TEXT,
    width INTEGER,
    height INTEGER,
    focal_x INTEGER,
    focal_y INTEGER,
    title TEXT NOT NULL,
    alt_text TEXT NOT NULL,
    caption TEXT NOT NULL,
    description TEXT,
    search TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    deleted_by TEXT
) STRICT;
CREATE INDEX files_newest ON files (project_id, created_at, id);
CREATE INDEX files_name ON files (project_id, filename_fold, id);
CREATE INDEX files_in ON files (project_id, folder_id, created_at, id);
CREATE INDEX files_in_by_name ON files (project_id, folder_id, filename_fold, id);
CREATE INDEX files_folder ON files (folder_id);
CREATE INDEX files_trash ON files (project_id, deleted_at, id);
CREATE INDEX files_gone ON files (deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX files_blob ON files (blob_id);

-- What is written in a file, where it is a text.
CREATE TABLE file_texts (
    file_id TEXT PRIMARY KEY REFERENCES files (id),
    body TEXT NOT NULL
) STRICT;

-- Long uploads that come in parts: how many bytes they will have, what is said of the file (JSON), and the numbers of the parts that came (JSON).
CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    blob_id TEXT NOT NULL REFERENCES blobs (id),
    user_id TEXT NOT NULL,
    size INTEGER NOT NULL,
    about TEXT NOT NULL,
    parts TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX uploads_of ON uploads (project_id);
CREATE INDEX uploads_blob ON uploads (blob_id);

-- Files are found by the full-text index, too: what it has documents of need not be an entry.
CREATE TABLE search_docs_of_all (
    id INTEGER PRIMARY KEY,
    entry_id TEXT NOT NULL,
    locale TEXT NOT NULL,
    UNIQUE (entry_id, locale)
) STRICT;
INSERT INTO search_docs_of_all (id, entry_id, locale) SELECT id, entry_id, locale FROM search_docs;
DROP TABLE search_docs;
ALTER TABLE search_docs_of_all RENAME TO search_docs;
