-- What a key is restricted to: networks as a JSON list, and requests a minute.
ALTER TABLE api_keys ADD COLUMN networks TEXT;
ALTER TABLE api_keys ADD COLUMN requests_per_minute INTEGER;
