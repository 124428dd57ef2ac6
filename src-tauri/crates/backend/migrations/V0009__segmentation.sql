-- Segmentation: schemes with their versions, classes by hand, judgements, lists that fill themselves, what a class
-- means for the day, and the page of strengths and weaknesses.
ALTER TABLE schemes ADD COLUMN is_deleted INTEGER NOT NULL DEFAULT 0 CHECK (is_deleted IN (0, 1));
ALTER TABLE segment_runs ADD COLUMN moves TEXT NOT NULL DEFAULT '[]'; -- JSON: from, to, people

CREATE TABLE scheme_versions (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  scheme_key        TEXT    NOT NULL REFERENCES schemes (key),
  version           INTEGER NOT NULL,
  definition        TEXT    NOT NULL,           -- JSON
  changed_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX scheme_versions_by_scheme ON scheme_versions (scheme_key, version);

-- A class given by hand; ended when a person took it back or another one took its place.
CREATE TABLE segment_pins (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  scheme_key        TEXT    NOT NULL REFERENCES schemes (key),
  class_key         TEXT    NOT NULL,
  reason            TEXT    NOT NULL,
  until_on          TEXT    NOT NULL,           -- last day it holds
  pinned_at         INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  ended_at          INTEGER
) STRICT;
ALTER TABLE segment_assignments ADD COLUMN pin_id INTEGER REFERENCES segment_pins (id); -- given by hand
CREATE UNIQUE INDEX segment_pins_current ON segment_pins (scheme_key, customer_id) WHERE ended_at IS NULL;

CREATE TABLE customer_judgements (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  judged_on         TEXT    NOT NULL,
  judgement         INTEGER NOT NULL CHECK (judgement BETWEEN -2 AND 2),
  reason            TEXT    NOT NULL,
  judged_at         INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX customer_judgements_by_customer ON customer_judgements (customer_id, id);

CREATE TABLE dynamic_lists (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  name              TEXT    NOT NULL,
  definition        TEXT    NOT NULL,           -- JSON: a condition
  changed_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;

CREATE TABLE service_policies (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  scheme_key        TEXT    NOT NULL REFERENCES schemes (key),
  class_key         TEXT    NOT NULL,
  definition        TEXT    NOT NULL,           -- JSON
  strategy          TEXT    NOT NULL,           -- what to do with this class, in the shop's words
  changed_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  UNIQUE (scheme_key, class_key)
) STRICT;

CREATE TABLE swot_pages (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  on_day            TEXT    NOT NULL,
  strengths         TEXT    NOT NULL,
  weaknesses        TEXT    NOT NULL,
  opportunities     TEXT    NOT NULL,
  threats           TEXT    NOT NULL,
  actions           TEXT    NOT NULL,
  written_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;
