-- What is known of a person beside the first form: how to be reached, ties, own fields, what was said, consents.

-- One row per customer that has any of it; a customer without a row has none.
CREATE TABLE customer_details (
  customer_id       INTEGER PRIMARY KEY REFERENCES customers (id),
  preferred_channel TEXT             CHECK (preferred_channel IN ('mobile', 'landline', 'sms', 'wechat', 'wecom', 'qq', 'email', 'whatsapp', 'line', 'xiaohongshu', 'douyin', 'visit')),
  quiet_from_minute INTEGER          CHECK (quiet_from_minute BETWEEN 0 AND 1439), -- minutes since midnight in shop time
  quiet_to_minute   INTEGER          CHECK (quiet_to_minute BETWEEN 0 AND 1439),
  is_do_not_contact INTEGER NOT NULL DEFAULT 0 CHECK (is_do_not_contact IN (0, 1)),
  do_not_contact_why TEXT,
  parent_id         INTEGER          REFERENCES customers (id), -- 集团: the company above
  referrer_id       INTEGER          REFERENCES customers (id),
  guardian          TEXT,                       -- of a person under 14
  CHECK ((quiet_from_minute IS NULL) = (quiet_to_minute IS NULL))
) STRICT;
CREATE INDEX customer_details_by_parent ON customer_details (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX customer_details_by_referrer ON customer_details (referrer_id) WHERE referrer_id IS NOT NULL;

CREATE TABLE contact_persons (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id), -- the company
  person_id         INTEGER          REFERENCES customers (id), -- when the person is a customer too
  name              TEXT    NOT NULL,
  role              TEXT,
  influence         TEXT    NOT NULL CHECK (influence IN ('decides', 'advises', 'uses', 'pays', 'blocks')),
  relation          TEXT,                       -- to us: 老板的同学
  phone             TEXT,
  position          INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_persons_by_customer ON contact_persons (customer_id, position, id);
CREATE INDEX contact_persons_by_person ON contact_persons (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE anniversaries (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  kind              TEXT    NOT NULL CHECK (kind IN ('founded', 'cooperation', 'other')),
  name              TEXT,                       -- of 'other'
  year              INTEGER,
  month             INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
  day               INTEGER NOT NULL CHECK (day BETWEEN 1 AND 31)
) STRICT;
CREATE INDEX anniversaries_by_customer ON anniversaries (customer_id, id);

CREATE TABLE interactions (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  kind              TEXT    NOT NULL CHECK (kind IN ('visit', 'phone', 'wechat', 'sms', 'email', 'call_on', 'post', 'survey', 'other')),
  direction         TEXT    NOT NULL CHECK (direction IN ('in', 'out', 'none')),
  at                INTEGER NOT NULL,
  recorded_at       INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  text              TEXT    NOT NULL,
  is_answered       INTEGER NOT NULL DEFAULT 0 CHECK (is_answered IN (0, 1)), -- an outbound one that reached the person
  is_deep           INTEGER NOT NULL DEFAULT 0 CHECK (is_deep IN (0, 1)),     -- 深度沟通
  minutes           INTEGER          CHECK (minutes BETWEEN 0 AND 1440)
) STRICT;
CREATE INDEX interactions_by_customer ON interactions (customer_id, at);

CREATE TABLE custom_fields (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  name              TEXT    NOT NULL UNIQUE,
  kind              TEXT    NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice', 'choices', 'yes_no')),
  options           TEXT    NOT NULL DEFAULT '[]', -- JSON, of a choice
  unit              TEXT,                       -- of a number
  is_preference     INTEGER NOT NULL DEFAULT 0 CHECK (is_preference IN (0, 1)), -- stands in 需求偏好
  position          INTEGER NOT NULL,
  is_active         INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  created_at        INTEGER NOT NULL
) STRICT;

-- One row per value; several of one field only where many may be chosen.
CREATE TABLE custom_values (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  field_id          INTEGER NOT NULL REFERENCES custom_fields (id),
  position          INTEGER NOT NULL,
  text              TEXT,                       -- text, day, chosen word, 'yes' or 'no'
  number_milli      INTEGER,                    -- thousandths
  UNIQUE (customer_id, field_id, position),
  CHECK ((text IS NULL) <> (number_milli IS NULL))
) STRICT;
CREATE INDEX custom_values_by_text ON custom_values (field_id, text, customer_id);
CREATE INDEX custom_values_by_number ON custom_values (field_id, number_milli, customer_id);

-- 到货关注: who waits for what.
CREATE TABLE wishes (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  product_id        INTEGER          REFERENCES products (id),
  category          TEXT,
  text              TEXT,
  created_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  closed_at         INTEGER,                    -- told, bought or no longer wanted
  CHECK ((product_id IS NOT NULL) + (category IS NOT NULL) + (text IS NOT NULL) = 1)
) STRICT;
CREATE INDEX wishes_by_customer ON wishes (customer_id, id);
CREATE INDEX wishes_open ON wishes (id) WHERE closed_at IS NULL;

CREATE TABLE arrivals (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  at                INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  product_id        INTEGER          REFERENCES products (id),
  text              TEXT    NOT NULL            -- what came
) STRICT;
CREATE TABLE arrival_notices (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  arrival_id        INTEGER NOT NULL REFERENCES arrivals (id),
  wish_id           INTEGER NOT NULL REFERENCES wishes (id),
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  told_at           INTEGER,
  told_by           INTEGER          REFERENCES staff (id),
  UNIQUE (arrival_id, wish_id)
) STRICT;
CREATE INDEX arrival_notices_open ON arrival_notices (arrival_id, id) WHERE told_at IS NULL;
CREATE INDEX arrival_notices_by_customer ON arrival_notices (customer_id);
CREATE INDEX arrival_notices_by_wish ON arrival_notices (wish_id);

-- Consents are only ever added; the newest of a purpose holds.
CREATE TABLE consents (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  purpose           TEXT    NOT NULL CHECK (purpose IN ('service', 'marketing', 'sharing')),
  is_given          INTEGER NOT NULL CHECK (is_given IN (0, 1)),
  given_on          TEXT    NOT NULL,
  way               TEXT    NOT NULL CHECK (way IN ('paper', 'spoken', 'wechat', 'message', 'online')),
  recorded_at       INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX consents_by_customer ON consents (customer_id, purpose, id);
CREATE INDEX consents_by_purpose ON consents (purpose, customer_id, id);

-- Who was erased. Travels in every later backup and beside the book; names nobody.
CREATE TABLE erasures (
  customer_id       INTEGER PRIMARY KEY REFERENCES customers (id),
  erased_at         INTEGER NOT NULL,
  reason            TEXT    NOT NULL CHECK (reason IN ('asked', 'retention', 'again')),
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;

CREATE TABLE attachments (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  name              TEXT    NOT NULL,
  bytes             INTEGER NOT NULL,
  added_at          INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX attachments_by_customer ON attachments (customer_id, id);
-- The content in slices, so that no read holds the book for long.
CREATE TABLE attachment_slices (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  attachment_id     INTEGER NOT NULL REFERENCES attachments (id),
  position          INTEGER NOT NULL,
  content           BLOB    NOT NULL,
  UNIQUE (attachment_id, position)
) STRICT;
