-- The languages of an entry's title, for the list that shows what is not translated: ` en fr `, ` * ` for plain text. It has no
-- index: a list walks along its order until the page is full, and its total is a counter.
ALTER TABLE entries ADD COLUMN locales TEXT NOT NULL DEFAULT '';

UPDATE entries SET locales = CASE json_type(fields, '$.title')
    WHEN 'text' THEN CASE json_extract(fields, '$.title') WHEN '' THEN '' ELSE ' * ' END
    WHEN 'object' THEN COALESCE((SELECT ' ' || group_concat(key, ' ' ORDER BY key) || ' ' FROM json_each(fields, '$.title')
        WHERE type = 'text' AND value <> ''), '')
    ELSE '' END;

-- Beside the total of a kind: how many have each status, and how many have each set of languages.
INSERT INTO counters (owner, what, n)
    SELECT app_id, kind || '/status/' || status, COUNT(*) FROM entries WHERE deleted_at IS NULL GROUP BY app_id, kind, status;
INSERT INTO counters (owner, what, n)
    SELECT app_id, kind || '/locales/' || locales, COUNT(*) FROM entries WHERE deleted_at IS NULL GROUP BY app_id, kind, locales;
