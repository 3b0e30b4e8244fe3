-- An invitation may be for one project or one app: which, and the role there.
ALTER TABLE invitations ADD COLUMN project_id TEXT REFERENCES projects (id);
ALTER TABLE invitations ADD COLUMN app_id TEXT REFERENCES apps (id);
ALTER TABLE invitations ADD COLUMN place_role TEXT;

-- One open invitation to each place.
DROP INDEX invitations_email;
CREATE UNIQUE INDEX invitations_email ON invitations (email, organization_id, COALESCE(app_id, project_id, ''))
    WHERE accepted_at IS NULL AND ended_at IS NULL;
