-- A sale that earns points wrote to eight trees for them: what happened, the lot that it gave and the row of the ledger
-- said the same thing three times. The lot of an event now stands in the event's own row, and what a sale earned at the
-- moment when it was sold stands in the sale; lots and ledger of their own are left for what comes later.

-- The lot that an event gave. A lot that was brought to life again stays a row of `points_lots`.
ALTER TABLE points_events ADD COLUMN lot_from TEXT;       -- first day on which it can be spent; NULL: gave no lot
ALTER TABLE points_events ADD COLUMN lot_until TEXT;      -- last day; NULL: lives for ever
ALTER TABLE points_events ADD COLUMN lot_points INTEGER;
ALTER TABLE points_events ADD COLUMN lot_remaining INTEGER CHECK (lot_remaining >= 0 AND lot_remaining <= lot_points);
UPDATE points_events
SET lot_from = points_lots.spendable_from, lot_until = points_lots.expires_on, lot_points = points_lots.points,
    lot_remaining = points_lots.remaining
FROM points_lots
WHERE points_lots.customer_id = points_events.customer_id AND points_lots.event_id = points_events.id
  AND points_lots.part = 0;

-- A draw names the event whose lot it took from.
ALTER TABLE points_ledger ADD COLUMN lot_event_id INTEGER REFERENCES points_events (id);
UPDATE points_ledger
SET lot_event_id = points_lots.event_id, lot_id = NULL
FROM points_lots
WHERE points_lots.id = points_ledger.lot_id AND points_lots.part = 0;

DROP TRIGGER points_ends_of_new_lot;
DROP TRIGGER points_ends_of_changed_lot;
DROP TABLE points_ends;
DROP INDEX points_lots_live;
DELETE FROM points_lots WHERE part = 0;

-- By customer in the order in which it happened; what is left of the lots is read from the index alone.
DROP INDEX points_events_by_customer;
CREATE INDEX points_events_by_customer ON points_events (customer_id, on_day, id, lot_remaining, lot_until);
-- Lots that cannot be spent on the day on which they were given.
CREATE INDEX points_events_waiting ON points_events (customer_id, lot_from) WHERE lot_remaining > 0 AND lot_from > on_day;

-- Points that the sale earned when it was sold, and of which the ledger has no row; NULL: the ledger says it all.
ALTER TABLE sales ADD COLUMN points_booked INTEGER;
DROP INDEX sales_by_day;
CREATE INDEX sales_by_day ON sales (sold_on, sold_at, id, net_minor, refunded_minor, points_booked);

-- What is left of a customer's points, with the records that were merged into it. A cache, found from the lots.
ALTER TABLE customer_figures ADD COLUMN points_live INTEGER NOT NULL DEFAULT 0; -- what has ended and was not written is in it
ALTER TABLE customer_figures ADD COLUMN points_end_on TEXT;    -- the first of their last days; NULL: none ends
ALTER TABLE customer_figures ADD COLUMN points_wait_until TEXT; -- the latest day from which some of them can be spent; NULL: all can
WITH lots (customer_id, remaining, lot_until, waits) AS (
  SELECT customer_id, lot_remaining, lot_until, iif(lot_from > on_day, lot_from, NULL)
  FROM points_events
  WHERE lot_remaining > 0
  UNION ALL
  SELECT customer_id, remaining, expires_on, iif(spendable_from > earned_on, spendable_from, NULL)
  FROM points_lots
  WHERE remaining > 0
), sums AS (
  SELECT coalesce(customers.merged_into, customers.id) AS customer_id, sum(remaining) AS points,
         min(lot_until) AS end_on, max(waits) AS wait_until
  FROM lots
  JOIN customers ON customers.id = lots.customer_id
  GROUP BY 1
)
UPDATE customer_figures
SET points_live = sums.points, points_end_on = sums.end_on, points_wait_until = sums.wait_until
FROM sums
WHERE sums.customer_id = customer_figures.customer_id;
CREATE INDEX figures_by_points_end ON customer_figures (points_end_on) WHERE points_end_on IS NOT NULL;
