-- E-mails about something that a visitor has sent, and to the visitor: which of both, and that they go with it.
ALTER TABLE deliveries ADD COLUMN submission_id TEXT REFERENCES submissions (id) ON DELETE CASCADE;
ALTER TABLE deliveries ADD COLUMN letter TEXT;
CREATE INDEX deliveries_submission ON deliveries (submission_id, created_at, id) WHERE submission_id IS NOT NULL;
CREATE INDEX submissions_address ON submissions (email_fold, created_at) WHERE email_fold IS NOT NULL;
