-- What was approved at the counter by somebody with the right, and orders that a customer places again and again.

CREATE TABLE approvals (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  op                TEXT    NOT NULL,           -- the operation in the log
  at                INTEGER NOT NULL,
  action            TEXT    NOT NULL,           -- for which a right was lent
  entity            TEXT    NOT NULL,
  entity_id         INTEGER,
  asked_by          INTEGER NOT NULL REFERENCES staff (id),
  approved_by       INTEGER NOT NULL REFERENCES staff (id),
  reason            TEXT    NOT NULL
) STRICT;
CREATE INDEX approvals_by_entity ON approvals (entity, entity_id, id);

CREATE TABLE usual_orders (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  name              TEXT    NOT NULL,
  packaging         TEXT,
  note              TEXT,
  saved_at          INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX usual_orders_by_customer ON usual_orders (customer_id, name);
CREATE TABLE usual_order_lines (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  usual_order_id    INTEGER NOT NULL REFERENCES usual_orders (id),
  line_no           INTEGER NOT NULL,
  product_id        INTEGER          REFERENCES products (id),
  description       TEXT    NOT NULL,           -- in words; of a product, its name at that time
  quantity_milli    INTEGER NOT NULL CHECK (quantity_milli > 0),
  unit_price_minor  INTEGER          CHECK (unit_price_minor >= 0), -- NULL: the price of the day
  UNIQUE (usual_order_id, line_no)
) STRICT;
