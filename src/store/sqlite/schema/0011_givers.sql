-- An invitation is good as long as whoever made it may invite: with which key that was, and that it ended because of that.
ALTER TABLE invitations ADD COLUMN key_id TEXT REFERENCES api_keys (id);
ALTER TABLE invitations ADD COLUMN title TEXT;
ALTER TABLE invitations ADD COLUMN ended_at INTEGER;

UPDATE invitations SET ended_at = created_at WHERE accepted_at IS NULL AND NOT EXISTS
    (SELECT 1 FROM members m JOIN users u ON u.id = m.user_id WHERE m.organization_id = invitations.organization_id
     AND m.user_id = invitations.invited_by AND m.role IN ('owner', 'admin') AND u.disabled_at IS NULL);

-- Whoever is invited no longer can be invited again.
DROP INDEX invitations_email;
CREATE UNIQUE INDEX invitations_email ON invitations (email, organization_id) WHERE accepted_at IS NULL AND ended_at IS NULL;
CREATE INDEX invitations_giver ON invitations (invited_by, organization_id) WHERE accepted_at IS NULL AND ended_at IS NULL;
CREATE INDEX invitations_key ON invitations (key_id) WHERE key_id IS NOT NULL;

-- A letter holds no secret: the one of its link is made when it is sent. What kind of link, of whom, until when.
ALTER TABLE letters ADD COLUMN link_kind TEXT;
ALTER TABLE letters ADD COLUMN link_of TEXT;
ALTER TABLE letters ADD COLUMN link_until INTEGER;
