-- Keys that ended long ago are found by when they did.
CREATE INDEX api_keys_revoked ON api_keys (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX api_keys_grace ON api_keys (grace_ends_at) WHERE grace_ends_at IS NOT NULL;
