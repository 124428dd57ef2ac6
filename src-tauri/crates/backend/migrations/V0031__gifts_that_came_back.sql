-- A gift of a list that was handed out by mistake or given back: the place on the list is free again, the pieces are in stock
-- again, and what had happened stays to be read.
CREATE TABLE giveaway_returns (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  giveaway_person_id INTEGER NOT NULL REFERENCES giveaway_people (id),
  given_at          INTEGER NOT NULL,           -- the hand-out that was taken back
  given_by          INTEGER NOT NULL REFERENCES staff (id),
  cost_minor        INTEGER          CHECK (cost_minor >= 0), -- what it had cost
  at                INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  reason            TEXT    NOT NULL
) STRICT;
CREATE INDEX giveaway_returns_by_place ON giveaway_returns (giveaway_person_id, id);
