-- 定期评估: the rhythm in which the service is looked at. A changed rhythm is a new row; the newest holds.
CREATE TABLE assessment_plans (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  rhythm            TEXT,                       -- JSON of the domain; NULL: no rhythm from now on
  from_on           TEXT    NOT NULL,           -- days before it are not due
  created_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;

-- One that was held: what the numbers said then, and what was decided.
CREATE TABLE assessments (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  due_on            TEXT,                       -- the day of the rhythm that it stands for; NULL: held besides
  held_on           TEXT    NOT NULL,
  from_on           TEXT    NOT NULL,           -- complaints received from this day
  to_on             TEXT    NOT NULL,           -- to this one
  figures           TEXT    NOT NULL,           -- JSON: the totals as they were looked at, without anybody's words
  others            TEXT,                       -- who was there and does not work here
  notes             TEXT,
  recorded_at       INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX assessments_by_day ON assessments (held_on, id);
CREATE INDEX assessments_by_due ON assessments (due_on) WHERE due_on IS NOT NULL;

-- Who was there.
CREATE TABLE assessment_people (
  assessment_id     INTEGER NOT NULL REFERENCES assessments (id),
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  PRIMARY KEY (assessment_id, staff_id)
) STRICT;

-- Improvements that were decided there.
CREATE TABLE assessment_improvements (
  improvement_id    INTEGER PRIMARY KEY REFERENCES improvements (id),
  assessment_id     INTEGER NOT NULL REFERENCES assessments (id)
) STRICT;
CREATE INDEX assessment_improvements_by_assessment ON assessment_improvements (assessment_id, improvement_id);

-- Cache: nobody has answered in this cycle yet. A business that was reached by one way only is put right at the next look.
ALTER TABLE complaints ADD COLUMN owes_response INTEGER NOT NULL DEFAULT 0 CHECK (owes_response IN (0, 1));
UPDATE complaints
SET owes_response = 1
WHERE is_open = 1
  AND status IN ('received', 'in_progress', 'reopened')
  AND NOT EXISTS (SELECT 1
                  FROM complaint_events
                  WHERE complaint_events.complaint_id = complaints.id
                    AND complaint_events.event ->> '$.kind' = 'responded'
                    AND complaint_events.id > coalesce((SELECT max(reopening.id)
                                                        FROM complaint_events AS reopening
                                                        WHERE reopening.complaint_id = complaints.id
                                                          AND reopening.event ->> '$.kind' = 'reopened'), 0));
CREATE INDEX complaints_open_unanswered ON complaints (id) WHERE is_open = 1 AND owes_response = 1;
