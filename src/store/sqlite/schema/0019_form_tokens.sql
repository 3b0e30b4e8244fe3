-- The numbers of forms that had their effect and have it once only; each is kept for as long as its form is good.
CREATE TABLE used_form_tokens (
    user_id TEXT NOT NULL REFERENCES users (id),
    token TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, token)
) STRICT;
CREATE INDEX used_form_tokens_age ON used_form_tokens (used_at);
