-- A sale is durable when the pages that it changed are in the log, so every tree of the book that it need not touch makes
-- the counter quicker. Whatever these indexes answered is answered by another one, or from what is kept in memory.

-- Figures: last day, orders and net change with every sale. Who has bought at all changes once in a life.
DROP INDEX figures_by_last;
DROP INDEX figures_by_net;
DROP INDEX figures_by_orders;
CREATE INDEX figures_bought ON customer_figures (customer_id) WHERE first_on IS NOT NULL;

-- Sales: the days lead every list, also those by the clock. A foreign id has an entry only where there is one.
CREATE TABLE sales_new (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  sale_no           TEXT    NOT NULL,
  ref               TEXT,
  customer_id       INTEGER          REFERENCES customers (id),
  sold_at           INTEGER NOT NULL,
  sold_on           TEXT    NOT NULL,
  recorded_at       INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  staff_text        TEXT,                       -- who sold, as an imported log says it
  payment           TEXT,
  gross_minor       INTEGER NOT NULL,
  discount_minor    INTEGER NOT NULL DEFAULT 0 CHECK (discount_minor >= 0),
  discount_reason   TEXT,
  net_minor         INTEGER NOT NULL,
  refunded_minor    INTEGER NOT NULL DEFAULT 0, -- cache: sum of its refunds
  note              TEXT,
  source            TEXT    NOT NULL CHECK (source IN ('counter', 'import')),
  import_id         INTEGER          REFERENCES imports (id),
  points_claimed    INTEGER,                    -- points as an imported log says them
  backdate_note     TEXT,                       -- why it was typed in later
  scene             TEXT             CHECK (scene IN ('household', 'company')),
  packaging         TEXT,
  delivery_cost_minor INTEGER        CHECK (delivery_cost_minor >= 0), -- the shop's, not the customer's
  CHECK (refunded_minor >= 0 AND refunded_minor <= max(net_minor, 0))
) STRICT;
INSERT INTO sales_new (id, sale_no, ref, customer_id, sold_at, sold_on, recorded_at, staff_id, staff_text, payment,
                       gross_minor, discount_minor, discount_reason, net_minor, refunded_minor, note, source,
                       import_id, points_claimed, backdate_note, scene, packaging, delivery_cost_minor)
SELECT id, sale_no, ref, customer_id, sold_at, sold_on, recorded_at, staff_id, staff_text, payment,
       gross_minor, discount_minor, discount_reason, net_minor, refunded_minor, note, source,
       import_id, points_claimed, backdate_note, scene, packaging, delivery_cost_minor
FROM sales
ORDER BY id;
-- Ids are given once, also those of rows that are gone by now.
DELETE FROM sqlite_sequence WHERE name = 'sales_new';
INSERT INTO sqlite_sequence (name, seq) SELECT 'sales_new', seq FROM sqlite_sequence WHERE name = 'sales';
DROP TABLE sales;
ALTER TABLE sales_new RENAME TO sales;
CREATE UNIQUE INDEX sales_by_number ON sales (sale_no);
CREATE UNIQUE INDEX sales_by_ref ON sales (ref) WHERE ref IS NOT NULL;
CREATE INDEX sales_by_customer ON sales (customer_id, sold_on, net_minor, refunded_minor);
CREATE INDEX sales_by_day ON sales (sold_on, sold_at, id, net_minor, refunded_minor);
CREATE TRIGGER numbers_of_changed_sale
AFTER UPDATE OF customer_id, sold_on, net_minor, discount_minor, refunded_minor ON sales
BEGIN
  INSERT INTO number_changes (customer_id) SELECT OLD.customer_id WHERE OLD.customer_id IS NOT NULL;
  INSERT INTO number_changes (customer_id) SELECT NEW.customer_id WHERE NEW.customer_id IS NOT OLD.customer_id;
END;
CREATE TRIGGER numbers_of_gone_sale AFTER DELETE ON sales WHEN OLD.customer_id IS NOT NULL
BEGIN
  INSERT INTO number_changes (customer_id) VALUES (OLD.customer_id);
END;

-- Points of a sale: its event is found by customer and day. What is asked of other events has an index of its own.
CREATE TABLE points_events_new (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  on_day            TEXT    NOT NULL,
  at                INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  kind              TEXT    NOT NULL CHECK (kind IN ('sale', 'refund', 'opening', 'earn', 'adjust', 'gift')),
  sale_id           INTEGER          REFERENCES sales (id),
  refund_id         INTEGER          REFERENCES refunds (id),
  gift_id           INTEGER          REFERENCES gifts (id),
  quantity          INTEGER          CHECK (quantity > 0),
  points            INTEGER NOT NULL DEFAULT 0, -- spent on a sale or gift, given or taken by hand
  worth_minor       INTEGER NOT NULL DEFAULT 0, -- what the points paid of a sale
  earned            INTEGER NOT NULL DEFAULT 0, -- cache: what the sale earned at first
  multiplier_bp     INTEGER,                    -- of the customer's tier at the sale
  lines             TEXT,                       -- JSON, kept where the rules look at items or categories
  reason            TEXT
) STRICT;
INSERT INTO points_events_new (id, customer_id, on_day, at, staff_id, kind, sale_id, refund_id, gift_id, quantity,
                               points, worth_minor, earned, multiplier_bp, lines, reason)
SELECT id, customer_id, on_day, at, staff_id, kind, sale_id, refund_id, gift_id, quantity,
       points, worth_minor, earned, multiplier_bp, lines, reason
FROM points_events
ORDER BY id;
CREATE TABLE points_lots_new (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  event_id          INTEGER NOT NULL REFERENCES points_events (id),
  part              INTEGER NOT NULL,           -- 0: given by the event; from 1: brought to life again by it
  earned_on         TEXT    NOT NULL,
  spendable_from    TEXT    NOT NULL,
  expires_on        TEXT,                       -- last day; NULL: lives for ever
  points            INTEGER NOT NULL,
  remaining         INTEGER NOT NULL CHECK (remaining >= 0 AND remaining <= points)
) STRICT;
INSERT INTO points_lots_new (id, customer_id, event_id, part, earned_on, spendable_from, expires_on, points, remaining)
SELECT id, customer_id, event_id, part, earned_on, spendable_from, expires_on, points, remaining
FROM points_lots
ORDER BY id;
DELETE FROM sqlite_sequence WHERE name IN ('points_events_new', 'points_lots_new');
INSERT INTO sqlite_sequence (name, seq)
SELECT name || '_new', seq FROM sqlite_sequence WHERE name IN ('points_events', 'points_lots');
DROP TABLE points_lots;
DROP TABLE points_events;
ALTER TABLE points_events_new RENAME TO points_events;
ALTER TABLE points_lots_new RENAME TO points_lots;
CREATE INDEX points_events_by_customer ON points_events (customer_id, on_day, id);
CREATE UNIQUE INDEX points_events_by_refund ON points_events (refund_id) WHERE refund_id IS NOT NULL;
CREATE UNIQUE INDEX points_events_opening ON points_events (customer_id) WHERE kind = 'opening';
CREATE INDEX points_events_beside_sales ON points_events (on_day) WHERE kind <> 'sale';
CREATE INDEX points_events_spent ON points_events (on_day, staff_id, points) WHERE points > 0 AND kind IN ('sale', 'gift');
CREATE UNIQUE INDEX points_lots_by_customer ON points_lots (customer_id, event_id, part);
CREATE INDEX points_lots_live ON points_lots (customer_id, expires_on, spendable_from, remaining) WHERE remaining > 0;

-- Days on which points of a customer end, one row however many sales gave them; a row may stay when nothing ends any
-- more. Who has to be looked at is found here, the lots themselves by customer.
CREATE TABLE points_ends (
  expires_on        TEXT    NOT NULL,
  customer_id       INTEGER NOT NULL,
  PRIMARY KEY (expires_on, customer_id)
) STRICT;
INSERT INTO points_ends (expires_on, customer_id)
SELECT DISTINCT expires_on, customer_id
FROM points_lots
WHERE remaining > 0 AND expires_on IS NOT NULL
ORDER BY expires_on, customer_id;
CREATE TRIGGER points_ends_of_new_lot AFTER INSERT ON points_lots
WHEN NEW.remaining > 0 AND NEW.expires_on IS NOT NULL
BEGIN
  INSERT OR IGNORE INTO points_ends (expires_on, customer_id) VALUES (NEW.expires_on, NEW.customer_id);
END;
CREATE TRIGGER points_ends_of_changed_lot AFTER UPDATE OF remaining ON points_lots
WHEN NEW.remaining > 0 AND NEW.expires_on IS NOT NULL
BEGIN
  INSERT OR IGNORE INTO points_ends (expires_on, customer_id) VALUES (NEW.expires_on, NEW.customer_id);
END;

-- Long histories as the ladder has walked them, so that one more sale does not walk them again. A cache: a row that does
-- not fit the figures of its customer or the rules of today is not believed, and everything is walked anew.
CREATE TABLE ladder_summaries (
  customer_id       INTEGER PRIMARY KEY,
  version_id        INTEGER NOT NULL,           -- newest version of the ladder then
  orders            INTEGER NOT NULL,
  net_minor         INTEGER NOT NULL,
  summary           TEXT    NOT NULL            -- JSON of the domain
) STRICT;
