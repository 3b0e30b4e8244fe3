-- How what a project shows looks; an app wears one of them, or else the first of its project.
CREATE TABLE brandings (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    look TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX brandings_name ON brandings (project_id, name_fold);
CREATE INDEX brandings_newest ON brandings (project_id, created_at, id);
ALTER TABLE apps ADD COLUMN branding_id TEXT REFERENCES brandings (id);
CREATE INDEX apps_branding ON apps (branding_id);
