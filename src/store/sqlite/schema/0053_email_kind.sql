-- What is sent about a submission is an e-mail everywhere else.
ALTER TABLE deliveries RENAME COLUMN letter TO email_kind;
