-- Addresses that are told what happens in projects, and what they were told. A webhook without a due_at has nothing that waits.
CREATE TABLE webhooks (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    events TEXT NOT NULL,
    is_active INTEGER NOT NULL,
    switched_off TEXT,
    generation INTEGER NOT NULL,
    rotated_at INTEGER,
    failing_since INTEGER,
    failed_at INTEGER,
    due_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX webhooks_newest ON webhooks (project_id, created_at, id);
CREATE INDEX webhooks_told ON webhooks (project_id, id) WHERE is_active;
CREATE INDEX webhooks_told_of_all ON webhooks (organization_id, id) WHERE is_active;
CREATE INDEX webhooks_due ON webhooks (due_at, id) WHERE due_at IS NOT NULL;
CREATE TABLE webhook_deliveries (
    id TEXT PRIMARY KEY,
    webhook_id TEXT NOT NULL REFERENCES webhooks (id),
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at INTEGER,
    status INTEGER,
    miss TEXT,
    took INTEGER,
    reply TEXT,
    tried_at INTEGER,
    ended_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX webhook_deliveries_newest ON webhook_deliveries (webhook_id, created_at, id);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (ended_at) WHERE ended_at IS NOT NULL;
