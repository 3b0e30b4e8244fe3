-- A total is the sum of its slots, so that many who count at once need not wait for one row. SQLite has one writer and one slot.
CREATE TABLE counters_in_slots (
    owner TEXT NOT NULL,
    what TEXT NOT NULL,
    slot INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (owner, what, slot)
) STRICT, WITHOUT ROWID;
INSERT INTO counters_in_slots (owner, what, slot, n) SELECT owner, what, 0, n FROM counters;
DROP TABLE counters;
ALTER TABLE counters_in_slots RENAME TO counters;
