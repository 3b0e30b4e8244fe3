-- What leaves the house because of something that a visitor has sent holds their words or their address, and so goes with it.
ALTER TABLE webhook_deliveries ADD COLUMN submission_id TEXT REFERENCES submissions (id) ON DELETE CASCADE;
CREATE INDEX webhook_deliveries_submission ON webhook_deliveries (submission_id) WHERE submission_id IS NOT NULL;
