-- The words of the full-text index, in which those with some beginning are looked up. It is a view of the index and holds nothing itself.
CREATE VIRTUAL TABLE search_words USING fts5vocab (search_index, instance);
