-- Gifts of the catalogue as compensation, what was given and came back, and counting without walking the log.

-- Goods that are a gift of the catalogue and no product.
ALTER TABLE compensation_postings ADD COLUMN gift_id INTEGER REFERENCES gifts (id);
CREATE INDEX compensation_postings_by_gift ON compensation_postings (gift_id) WHERE gift_id IS NOT NULL;

-- Goods that were given and came back: the customer did not want them, or they never left the shop.
CREATE TABLE compensation_returns (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  posting_id        INTEGER NOT NULL UNIQUE REFERENCES compensation_postings (id),
  at                INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  reason            TEXT    NOT NULL
) STRICT;

-- Acts since the last backup are counted by their numbers, which have no gaps, less those that are backups themselves.
CREATE INDEX audit_of_backups ON audit (id) WHERE action = 'backup.create';
