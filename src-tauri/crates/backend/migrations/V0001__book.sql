-- The first form of the book. Amounts are minor units, instants UTC milliseconds (…_at), days 'YYYY-MM-DD' (…_on).

CREATE TABLE book (
  id                INTEGER PRIMARY KEY CHECK (id = 1),
  uuid              TEXT    NOT NULL,
  shop_name         TEXT    NOT NULL,
  zone              TEXT    NOT NULL,
  currency          TEXT    NOT NULL,
  trade             TEXT             CHECK (trade IN ('bakery', 'print', 'design', 'beauty', 'yoga', 'trade')),
  is_demo           INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
  created_at        INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
  key               TEXT    NOT NULL PRIMARY KEY,
  value             TEXT    NOT NULL,           -- JSON
  changed_at        INTEGER NOT NULL
) STRICT;

CREATE TABLE sequences (
  name              TEXT    NOT NULL,           -- 'member', 'sale', 'complaint', 'backup'
  on_day            TEXT    NOT NULL,           -- '' where numbers do not start anew every day
  last              INTEGER NOT NULL,
  PRIMARY KEY (name, on_day)
) STRICT;

CREATE TABLE staff (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  name              TEXT    NOT NULL UNIQUE,
  role              TEXT    NOT NULL CHECK (role IN ('clerk', 'manager', 'owner')),
  is_active         INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  created_at        INTEGER NOT NULL
) STRICT;

-- One row per write, in the same transaction; `mac` chains each row to the one before it.
CREATE TABLE audit (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  op                TEXT    NOT NULL UNIQUE,    -- operation id, or the key that a form gave
  at                INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  action            TEXT    NOT NULL,
  entity            TEXT,
  entity_id         INTEGER,
  detail            TEXT    NOT NULL,           -- JSON with ids and numbers, never names or phones
  mac               BLOB    NOT NULL
) STRICT;

CREATE TABLE imports (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  kind              TEXT    NOT NULL,
  file_name         TEXT    NOT NULL,
  imported_at       INTEGER NOT NULL,
  report            TEXT    NOT NULL            -- JSON
) STRICT;

CREATE TABLE import_layouts (
  layout            TEXT    NOT NULL PRIMARY KEY, -- fingerprint of kind and columns
  mapping           TEXT    NOT NULL,           -- JSON, field to column
  used_at           INTEGER NOT NULL
) STRICT;

CREATE TABLE customers (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  member_no         TEXT    NOT NULL UNIQUE,
  ref               TEXT             UNIQUE,    -- foreign id kept for matching
  name              TEXT    NOT NULL,
  salutation        TEXT,
  mnemonic          TEXT    NOT NULL DEFAULT '',
  sort_key          BLOB    NOT NULL,
  kind              TEXT    NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'company')),
  company           TEXT,
  gender            TEXT             CHECK (gender IN ('female', 'male')),
  birthday_calendar TEXT             CHECK (birthday_calendar IN ('solar', 'lunar')),
  birth_year        INTEGER,
  birth_month       INTEGER          CHECK (birth_month BETWEEN 1 AND 12),
  birth_day         INTEGER          CHECK (birth_day BETWEEN 1 AND 31),
  birth_is_leap     INTEGER NOT NULL DEFAULT 0 CHECK (birth_is_leap IN (0, 1)),
  address           TEXT,
  source            TEXT,
  note              TEXT,
  habits            TEXT,
  joined_on         TEXT    NOT NULL,
  opening_spend_minor INTEGER NOT NULL DEFAULT 0 CHECK (opening_spend_minor >= 0),
  opening_visits    INTEGER NOT NULL DEFAULT 0 CHECK (opening_visits >= 0),
  opening_points    INTEGER NOT NULL DEFAULT 0,
  opening_on        TEXT,
  import_id         INTEGER          REFERENCES imports (id),
  created_at        INTEGER NOT NULL,
  updated_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX customers_by_sort_key ON customers (sort_key, id);
CREATE INDEX customers_by_joined ON customers (joined_on, id);
CREATE INDEX customers_by_name ON customers (name);

CREATE TABLE contacts (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  kind              TEXT    NOT NULL CHECK (kind IN ('mobile', 'landline', 'wechat', 'wecom', 'qq', 'email', 'whatsapp', 'line', 'xiaohongshu', 'douyin', 'other')),
  value             TEXT    NOT NULL,           -- normalised
  position          INTEGER NOT NULL,
  retired_at        INTEGER                     -- old numbers stay searchable
) STRICT;
CREATE INDEX contacts_by_customer ON contacts (customer_id, position, id);
CREATE INDEX contacts_by_value ON contacts (value);

CREATE TABLE tags (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  name              TEXT    NOT NULL UNIQUE
) STRICT;
CREATE TABLE customer_tags (
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  tag_id            INTEGER NOT NULL REFERENCES tags (id),
  PRIMARY KEY (customer_id, tag_id)
) STRICT;
CREATE INDEX customer_tags_by_tag ON customer_tags (tag_id, customer_id);

CREATE TABLE notes (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  at                INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  text              TEXT    NOT NULL
) STRICT;
CREATE INDEX notes_by_customer ON notes (customer_id, at);

CREATE TABLE products (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  ref               TEXT             UNIQUE,
  sku               TEXT             UNIQUE,
  barcode           TEXT,
  name              TEXT    NOT NULL,
  search_text       TEXT    NOT NULL,           -- name, initials and pinyin in lower case
  category          TEXT,
  price_minor       INTEGER,
  cost_minor        INTEGER,
  is_active         INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  created_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX products_by_barcode ON products (barcode);

CREATE TABLE sales (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  sale_no           TEXT    NOT NULL UNIQUE,
  ref               TEXT             UNIQUE,
  customer_id       INTEGER          REFERENCES customers (id),
  sold_at           INTEGER NOT NULL,
  sold_on           TEXT    NOT NULL,
  recorded_at       INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  staff_text        TEXT,                       -- who sold, as an imported log says it
  payment           TEXT,
  gross_minor       INTEGER NOT NULL,
  discount_minor    INTEGER NOT NULL DEFAULT 0 CHECK (discount_minor >= 0),
  discount_reason   TEXT,
  net_minor         INTEGER NOT NULL,
  refunded_minor    INTEGER NOT NULL DEFAULT 0, -- cache: sum of its refunds
  note              TEXT,
  source            TEXT    NOT NULL CHECK (source IN ('counter', 'import')),
  import_id         INTEGER          REFERENCES imports (id),
  points_claimed    INTEGER,                    -- points as an imported log says them
  CHECK (refunded_minor >= 0 AND refunded_minor <= max(net_minor, 0))
) STRICT;
CREATE INDEX sales_by_customer ON sales (customer_id, sold_on, net_minor, refunded_minor);
CREATE INDEX sales_by_time ON sales (sold_at, id);

CREATE TABLE sale_lines (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  sale_id           INTEGER NOT NULL REFERENCES sales (id),
  line_no           INTEGER NOT NULL,
  product_id        INTEGER          REFERENCES products (id),
  description       TEXT,                       -- NULL: the product's name
  quantity_milli    INTEGER NOT NULL,           -- thousandths
  unit_price_minor  INTEGER NOT NULL,
  amount_minor      INTEGER NOT NULL
) STRICT;
CREATE INDEX sale_lines_by_sale ON sale_lines (sale_id, line_no);

CREATE TABLE refunds (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  sale_id           INTEGER NOT NULL REFERENCES sales (id),
  refunded_at       INTEGER NOT NULL,
  refunded_on       TEXT    NOT NULL,
  amount_minor      INTEGER NOT NULL CHECK (amount_minor > 0),
  kind              TEXT    NOT NULL CHECK (kind IN ('refund', 'void')),
  reason            TEXT,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  complaint_id      INTEGER          REFERENCES complaints (id)
) STRICT;
CREATE INDEX refunds_by_sale ON refunds (sale_id, id);

-- Cache of what sales, ladder and segmentation say about a customer; a test rebuilds it.
CREATE TABLE customer_figures (
  customer_id       INTEGER PRIMARY KEY REFERENCES customers (id),
  first_on          TEXT,
  last_on           TEXT,
  orders            INTEGER NOT NULL DEFAULT 0, -- sales with positive net
  net_minor         INTEGER NOT NULL DEFAULT 0,
  open_complaints   INTEGER NOT NULL DEFAULT 0,
  tier_rank         INTEGER NOT NULL DEFAULT 0,
  tier_since        TEXT,
  tier_check_on     TEXT,                       -- next day on which the tier may change by itself
  class_key         TEXT,                       -- class of the primary scheme
  class_kind        TEXT,                       -- kind within it
  class_since       TEXT
) STRICT;
CREATE INDEX figures_by_last ON customer_figures (last_on, customer_id);
CREATE INDEX figures_by_net ON customer_figures (net_minor, customer_id);
CREATE INDEX figures_by_orders ON customer_figures (orders, customer_id);
CREATE INDEX figures_by_tier ON customer_figures (tier_rank, customer_id);
CREATE INDEX figures_by_class ON customer_figures (class_key, customer_id);
CREATE INDEX figures_by_tier_check ON customer_figures (tier_check_on) WHERE tier_check_on IS NOT NULL;

-- Search keys of a customer, so that start-up loads bytes instead of computing pinyin.
CREATE TABLE customer_search (
  customer_id       INTEGER PRIMARY KEY REFERENCES customers (id),
  text              TEXT    NOT NULL
) STRICT;

CREATE TABLE ladder_versions (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  effective_on      TEXT    NOT NULL,
  definition        TEXT    NOT NULL,           -- JSON
  created_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;

-- Steps up and down as they were announced; the standing itself is a replay of the sales.
CREATE TABLE tier_changes (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  on_day            TEXT    NOT NULL,
  at                INTEGER NOT NULL,
  from_rank         INTEGER,
  from_name         TEXT,
  to_rank           INTEGER NOT NULL,
  to_name           TEXT    NOT NULL,
  why               TEXT    NOT NULL,           -- key
  sale_id           INTEGER          REFERENCES sales (id)
) STRICT;
CREATE INDEX tier_changes_by_customer ON tier_changes (customer_id, id);

CREATE TABLE schemes (
  key               TEXT    NOT NULL PRIMARY KEY,
  version           INTEGER NOT NULL,
  definition        TEXT    NOT NULL,           -- JSON
  is_primary        INTEGER NOT NULL CHECK (is_primary IN (0, 1)),
  changed_at        INTEGER NOT NULL
) STRICT;
CREATE TABLE segment_runs (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  scheme_key        TEXT    NOT NULL REFERENCES schemes (key),
  scheme_version    INTEGER NOT NULL,
  as_of_on          TEXT    NOT NULL,
  ran_at            INTEGER NOT NULL,
  why               TEXT    NOT NULL CHECK (why IN ('start', 'growth', 'month', 'person', 'import')),
  cuts              TEXT    NOT NULL,           -- JSON, exact fractions
  counts            TEXT    NOT NULL            -- JSON, class to people
) STRICT;
CREATE INDEX segment_runs_by_scheme ON segment_runs (scheme_key, id);
CREATE TABLE segment_assignments (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  scheme_key        TEXT    NOT NULL REFERENCES schemes (key),
  run_id            INTEGER NOT NULL REFERENCES segment_runs (id),
  class_key         TEXT    NOT NULL,
  from_class_key    TEXT,                       -- equal to class_key when only the kind within it changed
  on_day            TEXT    NOT NULL,
  at                INTEGER NOT NULL,
  assignment        TEXT    NOT NULL,           -- JSON: class, measures, cuts, enough to word the reason
  is_current        INTEGER NOT NULL CHECK (is_current IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX segment_assignments_current ON segment_assignments (customer_id, scheme_key) WHERE is_current = 1;
CREATE INDEX segment_assignments_by_customer ON segment_assignments (customer_id, id);

CREATE TABLE calendar_versions (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  definition        TEXT    NOT NULL,           -- JSON
  closes_on_statutory_days INTEGER NOT NULL CHECK (closes_on_statutory_days IN (0, 1)),
  created_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;
CREATE TABLE policy_versions (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  definition        TEXT    NOT NULL,           -- JSON
  created_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id)
) STRICT;

CREATE TABLE complaints (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  case_no           TEXT    NOT NULL UNIQUE,
  ref               TEXT             UNIQUE,
  customer_id       INTEGER          REFERENCES customers (id),
  customer_text     TEXT,
  received_at       INTEGER NOT NULL,
  recorded_at       INTEGER NOT NULL,
  channel           TEXT,
  category          TEXT,
  severity          TEXT    NOT NULL CHECK (severity IN ('red', 'high', 'normal')),
  description       TEXT    NOT NULL,
  remedy_sought     TEXT,
  sale_id           INTEGER          REFERENCES sales (id),
  owner_id          INTEGER NOT NULL REFERENCES staff (id),
  import_id         INTEGER          REFERENCES imports (id),
  -- Caches of what the events say; a test rebuilds them.
  status            TEXT    NOT NULL,
  is_open           INTEGER NOT NULL CHECK (is_open IN (0, 1)),
  next_due_at       INTEGER,                    -- earliest due of its running clocks
  next_wake_at      INTEGER,                    -- when the program must look again
  is_late           INTEGER NOT NULL DEFAULT 0 CHECK (is_late IN (0, 1))
) STRICT;
CREATE INDEX complaints_open_by_due ON complaints (next_due_at, id) WHERE is_open = 1;
CREATE INDEX complaints_open_by_wake ON complaints (next_wake_at) WHERE is_open = 1;
CREATE INDEX complaints_by_customer ON complaints (customer_id, is_open, id);
CREATE INDEX complaints_by_received ON complaints (received_at, id);

CREATE TABLE complaint_events (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  complaint_id      INTEGER NOT NULL REFERENCES complaints (id),
  at                INTEGER NOT NULL,
  recorded_at       INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  event             TEXT    NOT NULL,           -- JSON of the domain's event
  is_flagged        INTEGER NOT NULL DEFAULT 0 CHECK (is_flagged IN (0, 1)) -- the computer's clock had gone back
) STRICT;
CREATE INDEX complaint_events_by_case ON complaint_events (complaint_id, id);

CREATE TABLE complaint_verdicts (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  complaint_id      INTEGER NOT NULL REFERENCES complaints (id),
  promise           TEXT    NOT NULL CHECK (promise IN ('response', 'resolution', 'follow_up')),
  cycle             INTEGER NOT NULL,
  is_met            INTEGER NOT NULL CHECK (is_met IN (0, 1)),
  due_at            INTEGER NOT NULL,
  happened_at       INTEGER NOT NULL,
  noticed_at        INTEGER NOT NULL,
  elapsed_s         INTEGER NOT NULL,
  UNIQUE (complaint_id, promise, cycle)
) STRICT;

-- Warnings and breaches that were announced, each once.
CREATE TABLE complaint_notices (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  complaint_id      INTEGER NOT NULL REFERENCES complaints (id),
  promise           TEXT    NOT NULL,
  cycle             INTEGER NOT NULL,
  kind              TEXT    NOT NULL,           -- '50', '80', '100', 'before_closing'
  at                INTEGER NOT NULL,
  announced_at      INTEGER NOT NULL,
  UNIQUE (complaint_id, promise, cycle, kind)
) STRICT;

CREATE TABLE complaint_resolutions (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  complaint_id      INTEGER NOT NULL REFERENCES complaints (id),
  cycle             INTEGER NOT NULL,
  resolved_at       INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  empathy           TEXT,
  empathy_waived    TEXT,
  compensation_kind TEXT    NOT NULL,
  compensation_minor INTEGER NOT NULL DEFAULT 0 CHECK (compensation_minor >= 0),
  compensation_note TEXT,
  root_cause        TEXT,
  improvement       TEXT,
  improvement_due_on TEXT,
  improvement_waived TEXT
) STRICT;
CREATE INDEX complaint_resolutions_by_case ON complaint_resolutions (complaint_id, id);

CREATE TABLE backups (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  sequence          INTEGER NOT NULL UNIQUE,
  made_at           INTEGER NOT NULL,
  folder            TEXT    NOT NULL,
  path              TEXT    NOT NULL,
  bytes             INTEGER NOT NULL,
  customers         INTEGER NOT NULL,
  sales             INTEGER NOT NULL,
  audit_id          INTEGER NOT NULL            -- last audit row inside the backup
) STRICT;

-- Writes since then are counted from here; the last time seen guards against a clock that goes back.
CREATE TABLE heartbeat (
  id                INTEGER PRIMARY KEY CHECK (id = 1),
  last_seen_at      INTEGER NOT NULL,
  tiers_checked_on  TEXT,
  classes_checked_on TEXT                       -- day on which everybody was last held against the cut points
) STRICT;
