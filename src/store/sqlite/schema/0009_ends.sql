-- That a key was revoked is a fact; when the grace period of one that was replaced ends is a moment of its own.
ALTER TABLE api_keys ADD COLUMN grace_ends_at INTEGER;

-- Until now one column meant both. A key that was replaced at once ended when its successor was made, one with a grace period later.
UPDATE api_keys SET grace_ends_at = revoked_at, revoked_at = NULL
    WHERE revoke_reason = 'Regenerated' AND EXISTS
        (SELECT 1 FROM api_keys n WHERE n.replaces = api_keys.id AND n.created_at < api_keys.revoked_at);
