-- Entries of one status: few drafts among many that are published are found without walking along all of them.
CREATE INDEX entries_status ON entries (app_id, kind, status, updated_at, id) WHERE deleted_at IS NULL;
