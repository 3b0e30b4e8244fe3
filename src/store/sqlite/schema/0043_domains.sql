-- Names under which what is public of projects is reached. Several projects may want the same one; one has it.
CREATE TABLE domains (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    app_id TEXT REFERENCES apps (id),
    hostname TEXT NOT NULL,
    is_primary INTEGER NOT NULL,
    status TEXT NOT NULL,
    wrong TEXT,
    by_operator INTEGER NOT NULL,
    verified_at INTEGER,
    missing_since INTEGER,
    next_check_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX domains_once ON domains (project_id, hostname);
CREATE UNIQUE INDEX domains_verified ON domains (hostname) WHERE verified_at IS NOT NULL;
CREATE INDEX domains_named ON domains (hostname, created_at, id);
CREATE INDEX domains_newest ON domains (project_id, created_at, id);
CREATE INDEX domains_app ON domains (app_id);
CREATE INDEX domains_due ON domains (next_check_at, id) WHERE next_check_at IS NOT NULL;
