-- The gates that a creation passed, as a JSON list: a repeat passes them again. Answers from before then are asked for nothing.
ALTER TABLE idempotency_keys ADD COLUMN gates TEXT NOT NULL DEFAULT '[]';
