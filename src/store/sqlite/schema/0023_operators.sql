-- Whoever looks after the instance.
ALTER TABLE users ADD COLUMN is_operator INTEGER NOT NULL DEFAULT FALSE;
CREATE INDEX users_operators ON users (created_at, id) WHERE is_operator;

-- Apart from users: it says nothing about access, and stays when sessions end.
CREATE TABLE sign_ins (
    user_id TEXT PRIMARY KEY REFERENCES users (id),
    signed_in_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Operators list all people and organizations, newest first.
CREATE INDEX users_newest ON users (created_at, id) WHERE kind = 'user';
CREATE INDEX organizations_newest ON organizations (created_at, id) WHERE deleted_at IS NULL;
