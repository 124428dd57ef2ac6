-- Priority 1 to 5 (优先级) set by a person instead of by the numbers. Ended when a person took it back or set another one.
CREATE TABLE priority_locks (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  level             INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
  reason            TEXT    NOT NULL,
  until_on          TEXT,                       -- last day it holds; without one, until a person takes it back
  locked_at         INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  ended_at          INTEGER
) STRICT;
CREATE UNIQUE INDEX priority_locks_current ON priority_locks (customer_id) WHERE ended_at IS NULL;
