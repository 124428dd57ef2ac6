-- Points for whoever brought a customer: a move by hand that names the sale because of which it was made. Found by that sale.
CREATE INDEX points_events_of_referrals ON points_events (sale_id) WHERE kind = 'adjust' AND sale_id IS NOT NULL;

-- Who asked for something by themselves, newest first, without looking at everything that was ever talked.
CREATE INDEX interactions_inbound ON interactions (at) WHERE direction = 'in';

-- What the sheet about a product says that is handed out.
CREATE TABLE product_sheets (
  product_id        INTEGER PRIMARY KEY REFERENCES products (id),
  specification     TEXT,                       -- one line for each fact
  questions         TEXT,                       -- what people ask, and the answers
  photo             BLOB,
  photo_kind        TEXT             CHECK (photo_kind IN ('jpeg', 'png', 'webp')),
  changed_at        INTEGER NOT NULL,
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  CHECK ((photo IS NULL) = (photo_kind IS NULL))
) STRICT;
