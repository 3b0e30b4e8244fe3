-- What visitors have sent to forms: each with the version of the form that it answered. It goes with its form, and by itself when its time is over.
CREATE TABLE submissions (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    app_id TEXT NOT NULL REFERENCES apps (id),
    form_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    form_version INTEGER NOT NULL,
    locale TEXT NOT NULL,
    data TEXT NOT NULL,
    consents TEXT NOT NULL,
    search TEXT NOT NULL,
    email_fold TEXT,
    nonce TEXT,
    ip TEXT,
    user_agent TEXT,
    referer TEXT,
    tags TEXT NOT NULL,
    source TEXT,
    mark TEXT NOT NULL,
    note TEXT,
    expires_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX submissions_newest ON submissions (form_id, created_at, id);
CREATE INDEX submissions_marked ON submissions (form_id, mark, created_at, id);
CREATE UNIQUE INDEX submissions_nonce ON submissions (form_id, nonce);
CREATE INDEX submissions_email ON submissions (form_id, email_fold);
CREATE INDEX submissions_app ON submissions (app_id, id);
CREATE INDEX submissions_expiring ON submissions (expires_at);

-- What was refused and not stored, counted by its reason and the day.
CREATE TABLE blocked_submissions (
    form_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    day INTEGER NOT NULL,
    n INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (form_id, reason, day)
) STRICT;

-- Whether a key reads what visitors sent, if somebody said so; else its access says it.
ALTER TABLE api_keys ADD COLUMN reads_submissions INTEGER;
