-- How a dialog opens.
ALTER TABLE entries ADD COLUMN max_width TEXT;
ALTER TABLE entries ADD COLUMN include_close INTEGER NOT NULL DEFAULT TRUE;

-- What an entry refers to, by a field of it or from its content: so each thing knows where it is used. What it refers to may be gone.
CREATE TABLE refs (
    from_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    via TEXT NOT NULL,
    to_id TEXT NOT NULL,
    PRIMARY KEY (from_id, via, to_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX refs_to ON refs (to_id, from_id);
