-- What is given away, and what it costs.

-- 权益成本: what a use cost the shop, as it was on its day; NULL where nobody knew.
ALTER TABLE benefit_entries ADD COLUMN cost_minor INTEGER CHECK (cost_minor >= 0);

-- 对症推荐: a tag of a customer calls for a product, as a gift or to be tried.
CREATE TABLE fitting_products (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  tag               TEXT    NOT NULL,           -- its name: a tag that was taken away and comes back fits again
  product_id        INTEGER NOT NULL REFERENCES products (id),
  gives             TEXT    NOT NULL CHECK (gives IN ('trial', 'gift')),
  reason            TEXT    NOT NULL DEFAULT '',  -- why it fits, for the person at the counter
  created_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  UNIQUE (tag, product_id)
) STRICT;

-- 赠礼名单: a gift of the catalogue for each person of a list. Who is meant is written down as the list is made.
CREATE TABLE giveaways (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  name              TEXT    NOT NULL,
  gift_id           INTEGER NOT NULL REFERENCES gifts (id),
  quantity          INTEGER NOT NULL CHECK (quantity > 0), -- pieces for each
  audience          TEXT    NOT NULL,           -- JSON
  until_on          TEXT,                       -- last day on which it is handed out
  created_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  ended_at          INTEGER,
  ended_by          INTEGER          REFERENCES staff (id)
) STRICT;

CREATE TABLE giveaway_people (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  giveaway_id       INTEGER NOT NULL REFERENCES giveaways (id),
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  given_at          INTEGER,                    -- NULL: still to get it
  given_by          INTEGER          REFERENCES staff (id),
  cost_minor        INTEGER          CHECK (cost_minor >= 0), -- of all pieces, as it was on that day
  UNIQUE (giveaway_id, customer_id)
) STRICT;
CREATE INDEX giveaway_people_waiting ON giveaway_people (customer_id, giveaway_id) WHERE given_at IS NULL;

-- To whom of a list a piece went.
ALTER TABLE gift_moves ADD COLUMN giveaway_person_id INTEGER REFERENCES giveaway_people (id);
