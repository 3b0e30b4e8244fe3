-- The language in which the console spoke to somebody last: letters and notifications follow it until they choose one.
ALTER TABLE users ADD COLUMN browser_locale TEXT;
