-- 答应客人的事 (repair, replacement, money back, sent again): said with a date of its own, which no clock of the case moves.
CREATE TABLE remedies (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  complaint_id      INTEGER NOT NULL REFERENCES complaints (id),
  kind              TEXT    NOT NULL CHECK (kind IN ('repair', 'replacement', 'refund', 'resend', 'redo')),
  words             TEXT    NOT NULL,           -- what exactly
  cost_minor        INTEGER NOT NULL CHECK (cost_minor >= 0),   -- as it was expected
  resolution_id     INTEGER REFERENCES complaint_resolutions (id), -- it is a compensation of this one: its cost counts there
  position          INTEGER CHECK (position >= 0),
  created_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  -- Caches: whether it is still owed, until when, and when the program looks at it next.
  is_open           INTEGER NOT NULL DEFAULT 1 CHECK (is_open IN (0, 1)),
  due_at            INTEGER NOT NULL,
  next_wake_at      INTEGER,
  CHECK ((resolution_id IS NULL) = (position IS NULL))
) STRICT;
CREATE INDEX remedies_by_case ON remedies (complaint_id, id);
CREATE INDEX remedies_by_resolution ON remedies (resolution_id) WHERE resolution_id IS NOT NULL;
CREATE INDEX remedies_open_by_due ON remedies (due_at, id) WHERE is_open = 1;
CREATE INDEX remedies_open_by_wake ON remedies (next_wake_at) WHERE is_open = 1 AND next_wake_at IS NOT NULL;

-- Every date that was said; the newest holds, the earlier ones stay to be read.
CREATE TABLE remedy_promises (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  remedy_id         INTEGER NOT NULL REFERENCES remedies (id),
  due_on            TEXT,                       -- said as a day; NULL: said as a moment
  due_at            INTEGER NOT NULL,           -- of a day: when the shop closed on it, as the hours stood when it was said
  promised_at       INTEGER NOT NULL,
  reason            TEXT,                       -- of a later one: why another date
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX remedy_promises_by_remedy ON remedy_promises (remedy_id, id);

-- Judged once for every date that was reached.
CREATE TABLE remedy_verdicts (
  promise_id        INTEGER PRIMARY KEY REFERENCES remedy_promises (id),
  is_kept           INTEGER NOT NULL CHECK (is_kept IN (0, 1)),
  happened_at       INTEGER NOT NULL,
  noticed_at        INTEGER NOT NULL
) STRICT;

-- What people were told about a date, each thing once.
CREATE TABLE remedy_notices (
  promise_id        INTEGER NOT NULL REFERENCES remedy_promises (id),
  kind              TEXT    NOT NULL CHECK (kind IN ('day_before', 'today', 'late')),
  told_at           INTEGER NOT NULL,
  PRIMARY KEY (promise_id, kind)
) STRICT;

-- How it ended: done, or no longer wanted.
CREATE TABLE remedy_ends (
  remedy_id         INTEGER PRIMARY KEY REFERENCES remedies (id),
  is_done           INTEGER NOT NULL CHECK (is_done IN (0, 1)),
  at                INTEGER NOT NULL,
  recorded_at       INTEGER NOT NULL,
  cost_minor        INTEGER NOT NULL CHECK (cost_minor >= 0),   -- what it came to
  words             TEXT,
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;

-- A compensation that moved no other book and was taken back.
CREATE TABLE compensation_reversals (
  resolution_id     INTEGER NOT NULL REFERENCES complaint_resolutions (id),
  position          INTEGER NOT NULL CHECK (position >= 0),
  at                INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  reason            TEXT    NOT NULL,
  PRIMARY KEY (resolution_id, position)
) STRICT;
