-- What somebody has changed of an entry and not saved yet: fields one by one, the content as a whole.
CREATE TABLE working_copies (
    entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    base_version INTEGER NOT NULL,
    changes TEXT NOT NULL,
    content TEXT,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (entry_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX working_copies_of ON working_copies (user_id);

-- What the content of a working copy was before its last changes of structure.
CREATE TABLE working_copy_steps (
    entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    content TEXT,
    PRIMARY KEY (entry_id, user_id, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX working_copy_steps_of ON working_copy_steps (user_id);

-- The block that somebody has copied last.
CREATE TABLE clipboards (
    user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    block TEXT NOT NULL,
    copied_at INTEGER NOT NULL
) STRICT;
