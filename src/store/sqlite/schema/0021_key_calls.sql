-- What became of the calls with each key, by hour, kept for a month: answered, failed, exchanged, or the reason of a refusal.
CREATE TABLE key_calls (
    key_id TEXT NOT NULL REFERENCES api_keys (id),
    start INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (key_id, start, outcome)
) STRICT, WITHOUT ROWID;
CREATE INDEX key_calls_age ON key_calls (start);

-- The page of a key, and that of a service account, show what was done to it.
CREATE INDEX activities_of_keys ON activities (resource_id, created_at, id) WHERE resource_type IN ('apiKey', 'serviceAccount');
