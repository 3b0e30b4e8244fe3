-- Service accounts are found by their purpose, too; what is stored from now on is folded as names are.
ALTER TABLE service_accounts ADD COLUMN description_fold TEXT NOT NULL DEFAULT '';
UPDATE service_accounts SET description_fold = LOWER(COALESCE(description, ''));

-- Lists tell which key took the place of another; a key is replaced once.
CREATE UNIQUE INDEX api_keys_replaces ON api_keys (replaces);
