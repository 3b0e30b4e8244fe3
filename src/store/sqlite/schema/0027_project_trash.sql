-- What is in the trash tells who put it there and what went with it; it is listed by project, and goes for good by its age.
ALTER TABLE entries ADD COLUMN deleted_by TEXT;
ALTER TABLE entries ADD COLUMN trash_batch TEXT;
CREATE INDEX entries_project_trash ON entries (project_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX entries_deleted ON entries (deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX entries_trash_batch ON entries (trash_batch) WHERE trash_batch IS NOT NULL;
