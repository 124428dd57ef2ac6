-- Two records of one person, what was decided about look-alikes, and the table's saved views.

-- A merge is a link: rows of the ledger keep the customer they were written for, reads resolve it. The link is flat:
-- it names the customer that stays, who is never merged away himself. Only one who stays has a row of figures.
ALTER TABLE customers ADD COLUMN merged_into INTEGER REFERENCES customers (id);
CREATE INDEX customers_by_merged_into ON customers (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE merges (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  survivor_id       INTEGER NOT NULL REFERENCES customers (id),
  absorbed_id       INTEGER NOT NULL REFERENCES customers (id),
  merged_at         INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  record            TEXT    NOT NULL,           -- JSON: what the undo puts back
  undone_at         INTEGER
) STRICT;
CREATE INDEX merges_by_survivor ON merges (survivor_id, id);
CREATE INDEX merges_by_absorbed ON merges (absorbed_id, id);

-- Two customers who look alike and are not the same; the smaller id stands first.
CREATE TABLE customers_not_same (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  one_id            INTEGER NOT NULL REFERENCES customers (id),
  other_id          INTEGER NOT NULL REFERENCES customers (id),
  decided_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  UNIQUE (one_id, other_id),
  CHECK (one_id < other_id)
) STRICT;

CREATE TABLE customer_views (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  name              TEXT    NOT NULL UNIQUE,
  definition        TEXT    NOT NULL,           -- JSON: columns, order, conditions
  is_default        INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
  changed_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;

-- A change for many customers at once, with what its undo puts back.
CREATE TABLE bulk_changes (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  changed_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  record            TEXT    NOT NULL,           -- JSON: tag to customers
  undone_at         INTEGER
) STRICT;
