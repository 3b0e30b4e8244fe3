-- How many texts an entry has, in its fields and in its blocks, and how many of them in each language: `3 *:1 en:2 fr:1`. From here on
-- `locales` is the set of languages in which all of them are written, no longer that of the title.
ALTER TABLE entries ADD COLUMN written TEXT NOT NULL DEFAULT '';
