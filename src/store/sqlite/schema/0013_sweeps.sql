-- What is over is swept away by its end, without a look at the rest.
CREATE INDEX sessions_end ON sessions (expires_at);
CREATE INDEX revoked_tokens_end ON revoked_tokens (expires_at);

-- A new password ends the letters that would set another.
CREATE INDEX letters_reset ON letters (link_of) WHERE link_kind = 'reset';
