-- Whether a form takes what visitors send.
ALTER TABLE entries ADD COLUMN is_active INTEGER NOT NULL DEFAULT TRUE;
