-- What an import brought and changed, so that it can be taken back as a whole.

ALTER TABLE imports ADD COLUMN staff_id INTEGER REFERENCES staff (id);
ALTER TABLE imports ADD COLUMN audit_id INTEGER;      -- last row of the log before the import's own
ALTER TABLE imports ADD COLUMN undone_at INTEGER;
ALTER TABLE imports ADD COLUMN undone_by INTEGER REFERENCES staff (id);

-- Ids that were given inside the import's transaction. Nobody else writes meanwhile, so that all of them are its own.
CREATE TABLE import_ranges (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  import_id         INTEGER NOT NULL REFERENCES imports (id),
  table_name        TEXT    NOT NULL,
  after_id          INTEGER NOT NULL,           -- ids above this one …
  through_id        INTEGER NOT NULL,           -- … up to this one
  UNIQUE (import_id, table_name)
) STRICT;

-- Rows that were there before, and rows of tables that number nothing.
CREATE TABLE import_changes (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  import_id         INTEGER NOT NULL REFERENCES imports (id),
  table_name        TEXT    NOT NULL,
  row_id            INTEGER NOT NULL,
  before            TEXT,                       -- JSON, column to value; NULL: the import added the row
  after             TEXT                        -- JSON; NULL: the import removed the row
) STRICT;
CREATE INDEX import_changes_by_import ON import_changes (import_id, id);
CREATE INDEX import_changes_by_row ON import_changes (table_name, row_id);
