-- Readers of a site who sign in, once sites are served: who was invited.
CREATE TABLE viewers (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    app_id TEXT NOT NULL REFERENCES apps (id),
    email TEXT NOT NULL,
    display_name TEXT,
    display_name_fold TEXT,
    invited_by TEXT NOT NULL,
    invited_at INTEGER NOT NULL,
    signed_in_at INTEGER,
    last_activity_at INTEGER,
    UNIQUE (app_id, email)
) STRICT;
CREATE INDEX viewers_newest ON viewers (app_id, invited_at, id);
