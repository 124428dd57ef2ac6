-- 发券计划: coupons that are issued by a rule. A plan that is changed is a new row; what was issued by the old one stays with it.
CREATE TABLE coupon_plans (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  first_id          INTEGER          REFERENCES coupon_plans (id), -- the first version; NULL: this one
  name              TEXT    NOT NULL,
  definition        TEXT    NOT NULL,           -- JSON of the domain
  started_on        TEXT    NOT NULL,           -- of the first version: what lies before it is no occasion
  created_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  ended_at          INTEGER,
  ended_by          INTEGER          REFERENCES staff (id)
) STRICT;
CREATE INDEX coupon_plans_open ON coupon_plans (id) WHERE ended_at IS NULL;

-- What was issued by it. A regular plan runs once for each of its days, also when it had nobody to issue to.
CREATE TABLE coupon_plan_runs (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id           INTEGER NOT NULL REFERENCES coupon_plans (id), -- the first version
  due_on            TEXT,                       -- the day of a regular plan; NULL where a person is the occasion
  on_day            TEXT    NOT NULL,
  at                INTEGER NOT NULL,
  batch_id          INTEGER          REFERENCES coupon_batches (id), -- NULL: nobody, or the budget did not reach
  issued            INTEGER NOT NULL,
  left_out          INTEGER NOT NULL,           -- an open complaint, or beyond the budget
  UNIQUE (plan_id, due_on)
) STRICT;
CREATE INDEX coupon_plan_runs_by_batch ON coupon_plan_runs (batch_id) WHERE batch_id IS NOT NULL;

-- Each occasion of a person once, in a life or a period, whichever record it was given to.
CREATE TABLE coupon_plan_grants (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id           INTEGER NOT NULL REFERENCES coupon_plans (id), -- the first version
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  period            TEXT    NOT NULL,
  coupon_id         INTEGER NOT NULL REFERENCES coupons (id),
  UNIQUE (plan_id, customer_id, period)
) STRICT;
CREATE INDEX coupon_plan_grants_by_customer ON coupon_plan_grants (customer_id, plan_id);
