-- Why customers come seldom (低频原因), each time with who wrote it down and when; the newest one counts.
CREATE TABLE seldom_reasons (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  why               TEXT    NOT NULL CHECK (why IN ('little_need', 'price', 'service', 'competitor', 'moved', 'unknown')),
  note              TEXT,
  said_on           TEXT    NOT NULL,
  said_at           INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX seldom_reasons_by_customer ON seldom_reasons (customer_id, said_at);

-- What is planned for a customer (跟进计划), by when and by whom; open while done_on is empty.
CREATE TABLE customer_plans (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  words             TEXT    NOT NULL,
  due_on            TEXT    NOT NULL,
  owner_id          INTEGER NOT NULL REFERENCES staff (id),
  made_at           INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  done_on           TEXT,
  note              TEXT                        -- what came of it
) STRICT;
CREATE INDEX customer_plans_by_customer ON customer_plans (customer_id, due_on);
CREATE INDEX customer_plans_open ON customer_plans (due_on) WHERE done_on IS NULL;
