-- Smaller pictures that are made of a file: how far that is, why there are none, when it is due (null where nothing is), and how often it was begun.
-- Files that were there before are looked at once.
ALTER TABLE files ADD COLUMN variants_state TEXT NOT NULL DEFAULT 'pending';
ALTER TABLE files ADD COLUMN variants_fault TEXT;
ALTER TABLE files ADD COLUMN variants_due INTEGER DEFAULT 0;
ALTER TABLE files ADD COLUMN variants_tries INTEGER NOT NULL DEFAULT 0;
CREATE INDEX files_variants_due ON files (variants_due, id) WHERE variants_due IS NOT NULL;

CREATE TABLE file_variants (
    file_id TEXT NOT NULL REFERENCES files (id),
    name TEXT NOT NULL,
    blob_id TEXT NOT NULL REFERENCES blobs (id),
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    PRIMARY KEY (file_id, name)
) STRICT;
CREATE INDEX file_variants_blob ON file_variants (blob_id);
