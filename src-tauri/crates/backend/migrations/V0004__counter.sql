-- The counter: products as the till needs them, what a sale and its lines remember, refunds by line, agreed prices, and
-- the sale that is being typed.

ALTER TABLE products ADD COLUMN stock_milli INTEGER;           -- counted, in thousandths; NULL where nobody counts
ALTER TABLE products ADD COLUMN low_stock_milli INTEGER;       -- at or below this it stands on the list
ALTER TABLE products ADD COLUMN favourite INTEGER CHECK (favourite BETWEEN 1 AND 9); -- place on the counter's keys
CREATE INDEX products_by_name ON products (is_active, name, id);
CREATE UNIQUE INDEX products_by_favourite ON products (favourite) WHERE favourite IS NOT NULL;
CREATE INDEX products_low ON products (name, id)
  WHERE is_active = 1 AND stock_milli IS NOT NULL AND stock_milli <= coalesce(low_stock_milli, 0);

ALTER TABLE sales ADD COLUMN backdate_note TEXT;               -- why it was typed in later
ALTER TABLE sales ADD COLUMN scene TEXT CHECK (scene IN ('household', 'company'));
ALTER TABLE sales ADD COLUMN packaging TEXT;
ALTER TABLE sales ADD COLUMN delivery_cost_minor INTEGER CHECK (delivery_cost_minor >= 0); -- the shop's, not the customer's
CREATE INDEX sales_by_day ON sales (sold_on, sold_at, id, net_minor, refunded_minor);
CREATE INDEX refunds_by_day ON refunds (refunded_on, amount_minor);

-- The amount of a line is after its own discount.
ALTER TABLE sale_lines ADD COLUMN discount_minor INTEGER NOT NULL DEFAULT 0 CHECK (discount_minor >= 0);
ALTER TABLE sale_lines ADD COLUMN unit_cost_minor INTEGER;     -- as it was on that day; NULL where unknown
-- Until now the cost was the product's own, so it is the best that is known of older lines.
UPDATE sale_lines
SET unit_cost_minor = (SELECT cost_minor FROM products WHERE products.id = sale_lines.product_id)
WHERE product_id IS NOT NULL;

CREATE TABLE refund_lines (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  refund_id         INTEGER NOT NULL REFERENCES refunds (id),
  sale_line_id      INTEGER NOT NULL REFERENCES sale_lines (id),
  quantity_milli    INTEGER NOT NULL CHECK (quantity_milli > 0),
  amount_minor      INTEGER NOT NULL CHECK (amount_minor >= 0)
) STRICT;
CREATE INDEX refund_lines_by_line ON refund_lines (sale_line_id, quantity_milli, amount_minor);
CREATE INDEX refund_lines_by_refund ON refund_lines (refund_id, id);

CREATE TABLE agreed_prices (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  product_id        INTEGER NOT NULL REFERENCES products (id),
  price_minor       INTEGER NOT NULL CHECK (price_minor >= 0),
  from_on           TEXT    NOT NULL,
  until_on          TEXT,                       -- last day; NULL: until it is ended
  note              TEXT,
  approved_by       INTEGER NOT NULL REFERENCES staff (id),
  created_at        INTEGER NOT NULL,
  ended_at          INTEGER
) STRICT;
CREATE INDEX agreed_prices_by_customer ON agreed_prices (customer_id, product_id, id) WHERE ended_at IS NULL;

-- The sale that is being typed, as the page wrote it: one per till, gone in the transaction that stores the sale.
CREATE TABLE drafts (
  till              TEXT    NOT NULL PRIMARY KEY,
  content           TEXT    NOT NULL,
  saved_at          INTEGER NOT NULL
) STRICT;
