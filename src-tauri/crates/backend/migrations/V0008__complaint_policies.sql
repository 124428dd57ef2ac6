-- Inquiries beside complaints, what keeps a customer out of everything that sells, answers that are owed in between,
-- improvements as a list of their own, and what the shop says.

ALTER TABLE complaints ADD COLUMN kind TEXT NOT NULL DEFAULT 'complaint' CHECK (kind IN ('complaint', 'inquiry'));
ALTER TABLE complaints ADD COLUMN duplicate_of INTEGER REFERENCES complaints (id);
-- Cache: the customer is kept out of sales prompts, campaigns and lists.
ALTER TABLE complaints ADD COLUMN spares_customer INTEGER NOT NULL DEFAULT 0 CHECK (spares_customer IN (0, 1));
UPDATE complaints
SET spares_customer = 1
WHERE status IN ('received', 'responded', 'in_progress', 'waiting', 'reopened', 'resolved');
CREATE INDEX complaints_sparing ON complaints (customer_id) WHERE spares_customer = 1;

-- A newer list of statutory days that came with these hours, as JSON; none where the shipped one holds.
ALTER TABLE calendar_versions ADD COLUMN statutory TEXT;

-- Answers owed in between are judged too, each exchange by itself.
CREATE TABLE complaint_verdicts_new (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  complaint_id      INTEGER NOT NULL REFERENCES complaints (id),
  promise           TEXT    NOT NULL CHECK (promise IN ('response', 'update', 'resolution', 'follow_up')),
  cycle             INTEGER NOT NULL,
  asked_at          INTEGER NOT NULL DEFAULT 0, -- of an update: when the customer wrote; otherwise 0
  is_met            INTEGER NOT NULL CHECK (is_met IN (0, 1)),
  due_at            INTEGER NOT NULL,
  happened_at       INTEGER NOT NULL,
  noticed_at        INTEGER NOT NULL,
  elapsed_s         INTEGER NOT NULL,
  UNIQUE (complaint_id, promise, cycle, asked_at)
) STRICT;
INSERT INTO complaint_verdicts_new (id, complaint_id, promise, cycle, is_met, due_at, happened_at, noticed_at, elapsed_s)
SELECT id, complaint_id, promise, cycle, is_met, due_at, happened_at, noticed_at, elapsed_s
FROM complaint_verdicts
ORDER BY id;
DROP TABLE complaint_verdicts;
ALTER TABLE complaint_verdicts_new RENAME TO complaint_verdicts;

-- 改进: what will be different, also without a case behind it.
CREATE TABLE improvements (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  problem           TEXT    NOT NULL,
  cause             TEXT,
  action            TEXT    NOT NULL,
  owner_id          INTEGER NOT NULL REFERENCES staff (id),
  due_on            TEXT    NOT NULL,
  done_on           TEXT,
  checked_on        TEXT,                       -- its effect was looked at
  effect            TEXT,                       -- what was found
  customer_told_on  TEXT,
  created_at        INTEGER NOT NULL,
  updated_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX improvements_open ON improvements (due_on, id) WHERE done_on IS NULL;
CREATE INDEX improvements_unchecked ON improvements (done_on, id) WHERE checked_on IS NULL;
CREATE TABLE improvement_cases (
  improvement_id    INTEGER NOT NULL REFERENCES improvements (id),
  complaint_id      INTEGER NOT NULL REFERENCES complaints (id),
  PRIMARY KEY (improvement_id, complaint_id)
) STRICT;
CREATE INDEX improvement_cases_by_case ON improvement_cases (complaint_id, improvement_id);

INSERT INTO improvements (id, problem, cause, action, owner_id, due_on, created_at, updated_at)
SELECT complaint_resolutions.id, complaints.description, complaint_resolutions.root_cause,
       complaint_resolutions.improvement, complaint_resolutions.staff_id,
       coalesce(complaint_resolutions.improvement_due_on, date(complaint_resolutions.resolved_at / 1000, 'unixepoch')),
       complaint_resolutions.resolved_at, complaint_resolutions.resolved_at
FROM complaint_resolutions
JOIN complaints ON complaints.id = complaint_resolutions.complaint_id
WHERE complaint_resolutions.improvement IS NOT NULL
ORDER BY complaint_resolutions.id;
INSERT INTO improvement_cases (improvement_id, complaint_id)
SELECT id, complaint_id
FROM complaint_resolutions
WHERE improvement IS NOT NULL
ORDER BY id;

-- Own words of the shop for the first answer, the apology and so on; none where the usual ones are used.
CREATE TABLE complaint_scripts (
  name              TEXT    NOT NULL PRIMARY KEY,
  text              TEXT    NOT NULL,
  updated_at        INTEGER NOT NULL
) STRICT;

-- What was given beside the first compensation of a resolution.
CREATE TABLE complaint_compensations (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  resolution_id     INTEGER NOT NULL REFERENCES complaint_resolutions (id),
  kind              TEXT    NOT NULL,
  cost_minor        INTEGER NOT NULL CHECK (cost_minor >= 0),
  note              TEXT    NOT NULL
) STRICT;
CREATE INDEX complaint_compensations_by_resolution ON complaint_compensations (resolution_id, id);
