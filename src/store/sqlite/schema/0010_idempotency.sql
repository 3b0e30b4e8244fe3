-- Answers to creations that their callers gave a key, kept for a day: a repeat gets the same answer and makes nothing. `headers`
-- is a JSON list of pairs. No answer is kept with a secret in it.
CREATE TABLE idempotency_keys (
    caller TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (caller, key)
) STRICT;
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
