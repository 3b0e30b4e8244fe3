-- What was counted of the traffic, kept for a month. `subject` is a project for requests, an organization or a project for
-- exchanges of keys, a person for failed sign-ins. Rows without a key are totals of an hour; those with one, of a day and
-- of all events.
CREATE TABLE traffic (
    subject TEXT NOT NULL,
    key_id TEXT NOT NULL,
    event TEXT NOT NULL,
    start INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (subject, key_id, event, start)
) STRICT, WITHOUT ROWID;
CREATE INDEX traffic_age ON traffic (start);
CREATE INDEX traffic_sign_ins ON traffic (subject, start, n) WHERE event = 'sign_in_failed';

-- The dashboard of a project shows what happened in it last.
CREATE INDEX activities_project ON activities (project_id, created_at, id) WHERE project_id IS NOT NULL;

-- Keys that end within a week are looked for on every dashboard and above every list of keys.
CREATE INDEX api_keys_ending ON api_keys (organization_id, expires_at);
