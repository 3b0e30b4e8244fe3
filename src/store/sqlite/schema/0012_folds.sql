-- What names are sorted and found by, in one folding; the columns are filled by the step's own code.
ALTER TABLE users ADD COLUMN name_fold TEXT NOT NULL DEFAULT '';
ALTER TABLE organizations ADD COLUMN name_fold TEXT NOT NULL DEFAULT '';
ALTER TABLE api_keys ADD COLUMN display_fold TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN title_fold TEXT;
ALTER TABLE project_members ADD COLUMN title_fold TEXT;
ALTER TABLE app_members ADD COLUMN title_fold TEXT;
ALTER TABLE entries ADD COLUMN name_fold TEXT NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN author_name_fold TEXT;
ALTER TABLE activities ADD COLUMN search_fold TEXT NOT NULL DEFAULT '';
ALTER TABLE activities ADD COLUMN actor_fold TEXT NOT NULL DEFAULT '';
ALTER TABLE notifications ADD COLUMN search_fold TEXT NOT NULL DEFAULT '';

DROP INDEX entries_name;
CREATE INDEX entries_name ON entries (app_id, kind, name_fold, id) WHERE deleted_at IS NULL;
