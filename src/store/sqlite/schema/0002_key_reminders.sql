-- Apart from api_keys: it says nothing about access. `days` is the last reminder that was sent, so many days before the end.
CREATE TABLE key_reminders (
    key_id TEXT PRIMARY KEY REFERENCES api_keys (id),
    days INTEGER NOT NULL,
    sent_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The task that reminds looks for what ends within a month.
CREATE INDEX api_keys_end ON api_keys (expires_at) WHERE expires_at IS NOT NULL;
