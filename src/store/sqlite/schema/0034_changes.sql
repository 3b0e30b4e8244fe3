-- What front-ends are told of a project: each change of what is published gets the next number of the project. An entry stands here once, with its
-- newest number; one that is not published any more says so for a while, though its own row may be gone.
CREATE TABLE change_numbers (
    project_id TEXT PRIMARY KEY REFERENCES projects (id),
    n INTEGER NOT NULL,
    dropped INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE changes (
    entry_id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES projects (id),
    app_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    n INTEGER NOT NULL,
    gone TEXT,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX changes_number ON changes (project_id, n);
CREATE INDEX changes_gone ON changes (changed_at, entry_id) WHERE gone IS NOT NULL;
