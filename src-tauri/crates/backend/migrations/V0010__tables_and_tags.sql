-- The table of customers: how each person left it, and tags that stand in groups.

-- How a person left the columns of a view; no fact of the shop. View 0 is the table without a view.
CREATE TABLE table_layouts (
  staff_id          INTEGER NOT NULL REFERENCES staff (id),
  view_id           INTEGER NOT NULL,
  layout            TEXT    NOT NULL,           -- JSON: columns, widths, frozen, order
  changed_at        INTEGER NOT NULL,
  PRIMARY KEY (staff_id, view_id)
) STRICT;

CREATE TABLE tag_groups (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  name              TEXT    NOT NULL UNIQUE,
  color             TEXT    NOT NULL CHECK (color IN ('jade', 'moss', 'gold', 'amber', 'blue', 'plum', 'clay', 'stone', 'mist')),
  position          INTEGER NOT NULL
) STRICT;
ALTER TABLE tags ADD COLUMN group_id INTEGER REFERENCES tag_groups (id);
CREATE INDEX tags_by_group ON tags (group_id) WHERE group_id IS NOT NULL;
