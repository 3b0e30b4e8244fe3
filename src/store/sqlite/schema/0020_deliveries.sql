-- The outbox holds what leaves the house in whatever way, and for a while what became of it.
ALTER TABLE letters RENAME TO deliveries;
ALTER TABLE deliveries RENAME COLUMN subject TO title;
-- What is sent besides, as JSON; empty once it has ended.
ALTER TABLE deliveries RENAME COLUMN body TO payload;
ALTER TABLE deliveries RENAME COLUMN link_kind TO about_kind;
ALTER TABLE deliveries RENAME COLUMN link_of TO about_id;
ALTER TABLE deliveries RENAME COLUMN link_until TO about_until;
ALTER TABLE deliveries ADD COLUMN channel TEXT NOT NULL DEFAULT 'email';
ALTER TABLE deliveries ADD COLUMN state TEXT NOT NULL DEFAULT 'queued';
ALTER TABLE deliveries ADD COLUMN last_error TEXT;
ALTER TABLE deliveries ADD COLUMN ended_at INTEGER;

DROP INDEX letters_due;
DROP INDEX letters_reset;
CREATE INDEX deliveries_due ON deliveries (channel, due_at, id) WHERE state = 'queued';
CREATE INDEX deliveries_ended ON deliveries (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX deliveries_state ON deliveries (state, ended_at);
CREATE INDEX deliveries_about ON deliveries (about_kind, about_id) WHERE about_kind IS NOT NULL;
