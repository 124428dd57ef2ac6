-- Coupons, packs, the annual cashback, and what was agreed with one customer.

CREATE TABLE coupon_batches (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  name              TEXT    NOT NULL,
  campaign          TEXT,                       -- where it came from, in words
  terms             TEXT    NOT NULL,           -- JSON of the domain
  audience          TEXT    NOT NULL,           -- JSON
  from_on           TEXT    NOT NULL,
  until_on          TEXT    NOT NULL,           -- last day on which its coupons are good
  budget_minor      INTEGER,
  issued            INTEGER NOT NULL,
  has_own_values    INTEGER NOT NULL CHECK (has_own_values IN (0, 1)), -- each coupon has a value of its own
  issued_at         INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;

CREATE TABLE coupons (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id          INTEGER NOT NULL REFERENCES coupon_batches (id),
  code              TEXT    NOT NULL UNIQUE,
  customer_id       INTEGER          REFERENCES customers (id), -- NULL: whoever has it in hand
  value_minor       INTEGER,                    -- its own value, in place of its batch's
  -- Caches of what the entries say, so that one statement can tell used from unused.
  used_sale_id      INTEGER          REFERENCES sales (id),
  voided_at         INTEGER
) STRICT;
CREATE INDEX coupons_by_batch ON coupons (batch_id, id);
CREATE INDEX coupons_by_customer ON coupons (customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX coupons_by_sale ON coupons (used_sale_id) WHERE used_sale_id IS NOT NULL;

CREATE TABLE coupon_entries (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  coupon_id         INTEGER NOT NULL REFERENCES coupons (id),
  kind              TEXT    NOT NULL CHECK (kind IN ('used', 'returned', 'void')),
  at                INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  sale_id           INTEGER          REFERENCES sales (id),
  amount_minor      INTEGER NOT NULL DEFAULT 0, -- what it took off
  reason            TEXT
) STRICT;
CREATE INDEX coupon_entries_by_coupon ON coupon_entries (coupon_id, id);
CREATE INDEX coupon_entries_by_sale ON coupon_entries (sale_id, id) WHERE sale_id IS NOT NULL;

-- Products that are packs.
CREATE TABLE pack_products (
  product_id        INTEGER PRIMARY KEY REFERENCES products (id),
  sessions          INTEGER NOT NULL CHECK (sessions > 0),
  valid_days        INTEGER          CHECK (valid_days > 0)
) STRICT;

CREATE TABLE packs (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  product_id        INTEGER NOT NULL REFERENCES products (id),
  sale_id           INTEGER NOT NULL REFERENCES sales (id),
  name              TEXT    NOT NULL,
  sessions          INTEGER NOT NULL CHECK (sessions > 0),
  price_minor       INTEGER NOT NULL,
  sold_on           TEXT    NOT NULL,
  until_on          TEXT,                       -- as it was sold; rests move it
  is_open           INTEGER NOT NULL DEFAULT 1 CHECK (is_open IN (0, 1)) -- cache: not given back and something left
) STRICT;
CREATE INDEX packs_by_customer ON packs (customer_id, id);
CREATE INDEX packs_by_sale ON packs (sale_id);
CREATE INDEX packs_open ON packs (until_on, id) WHERE is_open = 1;

CREATE TABLE pack_entries (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  pack_id           INTEGER NOT NULL REFERENCES packs (id),
  event             TEXT    NOT NULL CHECK (event IN ('used', 'taken_back', 'frozen', 'unfrozen', 'closed')),
  at                INTEGER NOT NULL,
  on_day            TEXT    NOT NULL,
  sessions          INTEGER NOT NULL DEFAULT 0,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  takes_back_id     INTEGER UNIQUE   REFERENCES pack_entries (id),
  note              TEXT
) STRICT;
CREATE INDEX pack_entries_by_pack ON pack_entries (pack_id, id);

CREATE TABLE cashback_runs (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  year              INTEGER NOT NULL,
  rules             TEXT    NOT NULL,           -- JSON of the domain
  lowest_tier       TEXT,                       -- who stood below it at pay-out was not paid
  pays_as           TEXT    NOT NULL CHECK (pays_as IN ('voucher', 'cash')),
  approved_at       INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  people            INTEGER NOT NULL,
  paid_minor        INTEGER NOT NULL,
  reversed_at       INTEGER,
  reversed_why      TEXT
) STRICT;

CREATE TABLE cashback_years (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id            INTEGER NOT NULL REFERENCES cashback_runs (id),
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  year              INTEGER NOT NULL,
  tier              TEXT,                       -- held at pay-out
  net_minor         INTEGER NOT NULL,
  granted_minor     INTEGER NOT NULL,
  carried_minor     INTEGER NOT NULL,           -- from earlier years, zero or negative
  paid_minor        INTEGER NOT NULL,
  coupon_id         INTEGER          REFERENCES coupons (id),
  is_reversed       INTEGER NOT NULL DEFAULT 0 CHECK (is_reversed IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX cashback_years_once ON cashback_years (customer_id, year) WHERE is_reversed = 0;
CREATE INDEX cashback_years_by_run ON cashback_years (run_id, id);

-- 附加政策: what was agreed with one customer, so that no deal lives in somebody's head.
CREATE TABLE special_terms (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  text              TEXT    NOT NULL,
  discount_bp       INTEGER          CHECK (discount_bp BETWEEN 1 AND 10000),
  agreed_by         TEXT    NOT NULL,           -- who agreed, on either side
  approver_id       INTEGER NOT NULL REFERENCES staff (id),
  from_on           TEXT    NOT NULL,
  until_on          TEXT    NOT NULL,
  cost_minor        INTEGER,                    -- what it is expected to cost a year
  review_on         TEXT,                       -- a trial: when it is looked at
  criteria          TEXT,                       -- what has to be seen by then
  created_at        INTEGER NOT NULL,
  ended_at          INTEGER
) STRICT;
CREATE INDEX special_terms_by_customer ON special_terms (customer_id, id);
CREATE INDEX special_terms_open ON special_terms (until_on, id) WHERE ended_at IS NULL;
