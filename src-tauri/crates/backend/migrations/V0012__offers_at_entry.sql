-- Offers at the entry of a sale, what each sale got by them, quotes of prices by quantity, and voids of sales that cost
-- nothing.

-- An offer that is changed is a new row; what sales got by the old one stays with it.
CREATE TABLE offers (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  first_id          INTEGER          REFERENCES offers (id), -- the first version; NULL: this one
  name              TEXT    NOT NULL,
  definition        TEXT    NOT NULL,           -- JSON of the domain
  created_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  ended_at          INTEGER,
  ended_by          INTEGER          REFERENCES staff (id)
) STRICT;
CREATE INDEX offers_open ON offers (id) WHERE ended_at IS NULL;
CREATE INDEX offers_by_first ON offers (first_id, id) WHERE first_id IS NOT NULL;

-- What a sale got: by an offer, by the discount of the tier, or by special terms. It is part of the discount of its lines.
CREATE TABLE sale_offers (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  sale_id           INTEGER NOT NULL REFERENCES sales (id),
  source            TEXT    NOT NULL CHECK (source IN ('offer', 'tier', 'term')),
  offer_id          INTEGER          REFERENCES offers (id),
  name              TEXT    NOT NULL,           -- as it was called then
  why               TEXT    NOT NULL,           -- JSON of the domain
  amount_minor      INTEGER NOT NULL CHECK (amount_minor > 0)
) STRICT;
CREATE INDEX sale_offers_by_sale ON sale_offers (sale_id, id);
CREATE INDEX sale_offers_by_offer ON sale_offers (offer_id, sale_id, amount_minor) WHERE offer_id IS NOT NULL;

-- By line, to the last 分; a sale of one amount has none.
CREATE TABLE sale_offer_lines (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  sale_offer_id     INTEGER NOT NULL REFERENCES sale_offers (id),
  sale_line_id      INTEGER NOT NULL REFERENCES sale_lines (id),
  amount_minor      INTEGER NOT NULL CHECK (amount_minor > 0)
) STRICT;
CREATE INDEX sale_offer_lines_by_line ON sale_offer_lines (sale_line_id, amount_minor);
CREATE INDEX sale_offer_lines_by_offer ON sale_offer_lines (sale_offer_id, id);

-- 报价单: what so many pieces would cost, good until its last day; the sale that came of it.
CREATE TABLE price_quotes (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  quote_no          TEXT    NOT NULL UNIQUE,
  customer_id       INTEGER          REFERENCES customers (id),
  made_on           TEXT    NOT NULL,
  until_on          TEXT    NOT NULL,
  made_at           INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  note              TEXT,
  sale_id           INTEGER          REFERENCES sales (id)
) STRICT;
CREATE INDEX price_quotes_by_customer ON price_quotes (customer_id, id) WHERE customer_id IS NOT NULL;
CREATE TABLE price_quote_lines (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  price_quote_id    INTEGER NOT NULL REFERENCES price_quotes (id),
  product_id        INTEGER NOT NULL REFERENCES products (id),
  from_milli        INTEGER NOT NULL CHECK (from_milli > 0), -- from this quantity on, in thousandths
  unit_price_minor  INTEGER NOT NULL CHECK (unit_price_minor >= 0),
  list_minor        INTEGER,                    -- what one cost without it
  UNIQUE (price_quote_id, product_id, from_milli)
) STRICT;

-- A sale that a coupon or points paid whole is taken back by a void of nothing. The rows go out and come back with the
-- same ids, so that whatever points at them still does when the transaction ends.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE refunds_kept AS
SELECT id, sale_id, refunded_at, refunded_on, amount_minor, kind, reason, staff_id, complaint_id
FROM refunds;
DROP TABLE refunds;
CREATE TABLE refunds (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  sale_id           INTEGER NOT NULL REFERENCES sales (id),
  refunded_at       INTEGER NOT NULL,
  refunded_on       TEXT    NOT NULL,
  amount_minor      INTEGER NOT NULL CHECK (amount_minor > 0 OR (amount_minor = 0 AND kind = 'void')),
  kind              TEXT    NOT NULL CHECK (kind IN ('refund', 'void')),
  reason            TEXT,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  complaint_id      INTEGER          REFERENCES complaints (id)
) STRICT;
INSERT INTO refunds (id, sale_id, refunded_at, refunded_on, amount_minor, kind, reason, staff_id, complaint_id)
SELECT id, sale_id, refunded_at, refunded_on, amount_minor, kind, reason, staff_id, complaint_id
FROM refunds_kept
ORDER BY id;
DROP TABLE refunds_kept;
CREATE INDEX refunds_by_sale ON refunds (sale_id, id);
CREATE INDEX refunds_by_day ON refunds (refunded_on, amount_minor);
