-- Working copies that nobody touches any more are found by when that was.
CREATE INDEX working_copies_touched ON working_copies (updated_at);
