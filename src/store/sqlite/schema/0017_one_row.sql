-- There is one instance: a second row is refused.
ALTER TABLE instance ADD COLUMN one INTEGER NOT NULL DEFAULT 1 CHECK (one = 1);
CREATE UNIQUE INDEX instance_one ON instance (one);
