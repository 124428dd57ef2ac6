-- Points, gifts for points, tiers given by hand, benefits.

-- Rules with the day from which they hold. A book without a row has the rules of a new book.
CREATE TABLE points_rules (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  effective_on      TEXT    NOT NULL UNIQUE,
  definition        TEXT    NOT NULL,           -- JSON
  created_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;

-- What points are given and paid for. A stock is the sum of its moves.
CREATE TABLE gifts (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  name              TEXT    NOT NULL UNIQUE,
  points            INTEGER NOT NULL CHECK (points > 0),
  cost_minor        INTEGER          CHECK (cost_minor >= 0),
  stock             INTEGER NOT NULL DEFAULT 0 CHECK (stock >= 0), -- cache: sum of its moves
  is_active         INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  created_at        INTEGER NOT NULL
) STRICT;
CREATE TABLE gift_moves (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  gift_id           INTEGER NOT NULL REFERENCES gifts (id),
  at                INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  delta             INTEGER NOT NULL,
  reason            TEXT
) STRICT;
CREATE INDEX gift_moves_by_gift ON gift_moves (gift_id, id);

-- What happened to a customer's points, in order. Lots and ledger follow from it; a test replays it.
CREATE TABLE points_events (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  on_day            TEXT    NOT NULL,
  at                INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  kind              TEXT    NOT NULL CHECK (kind IN ('sale', 'refund', 'opening', 'earn', 'adjust', 'gift')),
  sale_id           INTEGER          REFERENCES sales (id),
  refund_id         INTEGER UNIQUE   REFERENCES refunds (id),
  gift_id           INTEGER          REFERENCES gifts (id),
  quantity          INTEGER          CHECK (quantity > 0),
  points            INTEGER NOT NULL DEFAULT 0, -- spent on a sale or gift, given or taken by hand
  worth_minor       INTEGER NOT NULL DEFAULT 0, -- what the points paid of a sale
  earned            INTEGER NOT NULL DEFAULT 0, -- cache: what the sale earned at first
  multiplier_bp     INTEGER,                    -- of the customer's tier at the sale
  lines             TEXT,                       -- JSON, kept where the rules look at items or categories
  reason            TEXT
) STRICT;
CREATE INDEX points_events_by_customer ON points_events (customer_id, on_day, id);
CREATE UNIQUE INDEX points_events_by_sale ON points_events (sale_id) WHERE kind = 'sale';
CREATE INDEX points_events_by_day ON points_events (on_day);
CREATE UNIQUE INDEX points_events_opening ON points_events (customer_id) WHERE kind = 'opening';

CREATE TABLE points_lots (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  event_id          INTEGER NOT NULL REFERENCES points_events (id),
  part              INTEGER NOT NULL,           -- 0: given by the event; from 1: brought to life again by it
  earned_on         TEXT    NOT NULL,
  spendable_from    TEXT    NOT NULL,
  expires_on        TEXT,                       -- last day; NULL: lives for ever
  points            INTEGER NOT NULL,
  remaining         INTEGER NOT NULL CHECK (remaining >= 0 AND remaining <= points),
  UNIQUE (event_id, part)
) STRICT;
CREATE INDEX points_lots_by_customer ON points_lots (customer_id, id);
CREATE INDEX points_lots_live ON points_lots (customer_id, expires_on, spendable_from, remaining) WHERE remaining > 0;
CREATE INDEX points_lots_by_end ON points_lots (expires_on, customer_id, remaining) WHERE remaining > 0 AND expires_on IS NOT NULL;

-- Append-only. A row with a lot and kind 'redeem' is a draw.
CREATE TABLE points_ledger (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  on_day            TEXT    NOT NULL,
  at                INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  kind              TEXT    NOT NULL CHECK (kind IN ('earn', 'redeem', 'refund', 'return', 'adjust', 'expire', 'debt', 'debt_repaid')),
  points            INTEGER NOT NULL,
  lot_id            INTEGER          REFERENCES points_lots (id),
  event_id          INTEGER          REFERENCES points_events (id)
) STRICT;
CREATE INDEX points_ledger_by_customer ON points_ledger (customer_id, id);
CREATE INDEX points_ledger_by_day ON points_ledger (on_day, kind, points);

-- Only customers who owe points have a row above zero.
CREATE TABLE points_debts (
  customer_id       INTEGER PRIMARY KEY REFERENCES customers (id),
  points            INTEGER NOT NULL CHECK (points >= 0)
) STRICT;

-- Tiers given by hand; the last row of a customer holds.
CREATE TABLE tier_by_hand (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  on_day            TEXT    NOT NULL,
  at                INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  mode              TEXT    NOT NULL CHECK (mode IN ('floor', 'pin', 'clear')),
  tier              TEXT,
  until_on          TEXT,
  reason            TEXT    NOT NULL
) STRICT;
CREATE INDEX tier_by_hand_by_customer ON tier_by_hand (customer_id, id);

-- Benefits of each tier, with the version of the ladder: JSON, tier to list.
ALTER TABLE ladder_versions ADD COLUMN benefits TEXT NOT NULL DEFAULT '{}';

-- Grants, uses and ends of benefits.
CREATE TABLE benefit_entries (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  on_day            TEXT    NOT NULL,
  at                INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  kind              TEXT    NOT NULL CHECK (kind IN ('grant', 'use', 'expire')),
  benefit           TEXT    NOT NULL,           -- key within the ladder
  tier              TEXT    NOT NULL,
  words             TEXT    NOT NULL,           -- what it was called at that time
  quantity          INTEGER NOT NULL CHECK (quantity > 0),
  period_from       TEXT    NOT NULL,
  period_until      TEXT,                       -- last day; NULL: no end
  sale_id           INTEGER          REFERENCES sales (id),
  note              TEXT
) STRICT;
CREATE INDEX benefit_entries_by_customer ON benefit_entries (customer_id, benefit, period_from, id);
CREATE INDEX benefit_entries_by_end ON benefit_entries (period_until) WHERE kind = 'grant' AND period_until IS NOT NULL;
