-- What was deleted goes for good after a while. Each index has but the few rows that this looks for.
CREATE INDEX organizations_deleted ON organizations (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX projects_deleted ON projects (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX entries_trash ON entries (app_id) WHERE deleted_at IS NOT NULL;
CREATE INDEX entries_author ON entries (author_id) WHERE author_id IS NOT NULL;
CREATE INDEX notifications_organization ON notifications (organization_id) WHERE organization_id IS NOT NULL;
CREATE INDEX notifications_project ON notifications (scope_id) WHERE scope_kind = 'project';
CREATE INDEX invitations_project ON invitations (project_id) WHERE project_id IS NOT NULL;
CREATE INDEX invitations_app ON invitations (app_id) WHERE app_id IS NOT NULL;
CREATE INDEX projects_organization ON projects (organization_id);
