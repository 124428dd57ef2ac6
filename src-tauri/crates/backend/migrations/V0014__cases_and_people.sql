-- Who is away and who stands in, who sees to one customer, files of a case, and what a compensation moved in the
-- shop's other books.

ALTER TABLE staff ADD COLUMN away_until_on TEXT;                    -- last day away; NULL: here
ALTER TABLE staff ADD COLUMN deputy_id INTEGER REFERENCES staff (id);

-- 专属客服: the newest row of a customer holds; one without a person takes it back.
CREATE TABLE dedicated_contacts (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  contact_id        INTEGER          REFERENCES staff (id),
  since_at          INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  reason            TEXT
) STRICT;
CREATE INDEX dedicated_contacts_by_customer ON dedicated_contacts (customer_id, id);
CREATE INDEX dedicated_contacts_by_contact ON dedicated_contacts (contact_id, customer_id);

-- A file is kept with a customer, with a case, or with the case of a customer.
CREATE TABLE attachments_new (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER          REFERENCES customers (id),
  complaint_id      INTEGER          REFERENCES complaints (id),
  name              TEXT    NOT NULL,
  bytes             INTEGER NOT NULL,
  added_at          INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  CHECK (customer_id IS NOT NULL OR complaint_id IS NOT NULL)
) STRICT;
INSERT INTO attachments_new (id, customer_id, name, bytes, added_at, staff_id)
SELECT id, customer_id, name, bytes, added_at, staff_id
FROM attachments
ORDER BY id;
CREATE TABLE attachment_slices_new (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  attachment_id     INTEGER NOT NULL REFERENCES attachments_new (id),
  position          INTEGER NOT NULL,
  content           BLOB    NOT NULL,
  UNIQUE (attachment_id, position)
) STRICT;
INSERT INTO attachment_slices_new (id, attachment_id, position, content)
SELECT id, attachment_id, position, content
FROM attachment_slices
ORDER BY id;
-- The slices point at the files, so they go first; renaming takes what points along.
DROP TABLE attachment_slices;
DROP TABLE attachments;
ALTER TABLE attachments_new RENAME TO attachments;
ALTER TABLE attachment_slices_new RENAME TO attachment_slices;
CREATE INDEX attachments_by_customer ON attachments (customer_id, id);
CREATE INDEX attachments_by_complaint ON attachments (complaint_id, id) WHERE complaint_id IS NOT NULL;

-- What a compensation moved elsewhere: the first of a resolution at position 0, then those beside it.
CREATE TABLE compensation_postings (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  resolution_id     INTEGER NOT NULL REFERENCES complaint_resolutions (id),
  position          INTEGER NOT NULL CHECK (position >= 0),
  kind              TEXT    NOT NULL CHECK (kind IN ('refund', 'coupon', 'points', 'benefit', 'goods')),
  amount_minor      INTEGER NOT NULL CHECK (amount_minor >= 0), -- given back, or the face of the coupon
  points            INTEGER          CHECK (points > 0),
  benefit           TEXT,                       -- key in the ledger of benefits
  words             TEXT,                       -- what the benefit is called, the goods, the code of the coupon
  quantity_milli    INTEGER          CHECK (quantity_milli > 0),
  until_on          TEXT,                       -- last day of the coupon or benefit
  sale_id           INTEGER          REFERENCES sales (id),
  product_id        INTEGER          REFERENCES products (id),
  coupon_id         INTEGER          REFERENCES coupons (id)
) STRICT;
CREATE INDEX compensation_postings_by_resolution ON compensation_postings (resolution_id, position, id);

-- Open cases of one person, for the list of people and for who leaves.
CREATE INDEX complaints_open_by_owner ON complaints (owner_id, id) WHERE is_open = 1;
CREATE INDEX complaints_open_late ON complaints (id) WHERE is_open = 1 AND is_late = 1;
