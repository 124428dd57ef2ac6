-- The numbers that classes are made from, as they were counted last, and who moved in a run. Both tables are caches:
-- they may be emptied, and everything is counted anew.

-- The newest change of class before the run: those that it made come after, and are found without walking all history.
ALTER TABLE segment_runs ADD COLUMN assignments_before INTEGER NOT NULL DEFAULT 0;

-- Part 0 says of which day and how far; the others hold the numbers of a few thousand customers each.
CREATE TABLE counted_numbers (
  part              INTEGER PRIMARY KEY,
  numbers           TEXT    NOT NULL            -- JSON
) STRICT;

-- Whose numbers are no longer what they were, beside those to whom something was added: new sales, contacts and the
-- like are found by their ids.
CREATE TABLE number_changes (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id       INTEGER,
  product_id        INTEGER
) STRICT;

CREATE TRIGGER numbers_of_changed_customer
AFTER UPDATE OF merged_into, joined_on, opening_spend_minor, opening_visits, opening_on, source, kind, gender ON customers
BEGIN
  INSERT INTO number_changes (customer_id) VALUES (NEW.id);
  INSERT INTO number_changes (customer_id) SELECT OLD.merged_into WHERE OLD.merged_into IS NOT NULL;
  INSERT INTO number_changes (customer_id) SELECT NEW.merged_into WHERE NEW.merged_into IS NOT NULL;
END;
CREATE TRIGGER numbers_of_gone_customer AFTER DELETE ON customers
BEGIN
  INSERT INTO number_changes (customer_id) VALUES (OLD.id);
END;
CREATE TRIGGER numbers_of_erased_customer AFTER INSERT ON erasures
BEGIN
  INSERT INTO number_changes (customer_id) VALUES (NEW.customer_id);
END;
CREATE TRIGGER numbers_of_risen_customer AFTER UPDATE OF tier_rank ON customer_figures
WHEN NEW.tier_rank <> OLD.tier_rank
BEGIN
  INSERT INTO number_changes (customer_id) VALUES (NEW.customer_id);
END;

CREATE TRIGGER numbers_of_changed_sale
AFTER UPDATE OF customer_id, sold_on, net_minor, discount_minor, refunded_minor ON sales
BEGIN
  INSERT INTO number_changes (customer_id) SELECT OLD.customer_id WHERE OLD.customer_id IS NOT NULL;
  INSERT INTO number_changes (customer_id) SELECT NEW.customer_id WHERE NEW.customer_id IS NOT OLD.customer_id;
END;
CREATE TRIGGER numbers_of_gone_sale AFTER DELETE ON sales WHEN OLD.customer_id IS NOT NULL
BEGIN
  INSERT INTO number_changes (customer_id) VALUES (OLD.customer_id);
END;
CREATE TRIGGER numbers_of_changed_product AFTER UPDATE OF category, cost_minor ON products
WHEN NEW.category IS NOT OLD.category OR NEW.cost_minor IS NOT OLD.cost_minor
BEGIN
  INSERT INTO number_changes (product_id) VALUES (NEW.id);
END;

CREATE TRIGGER numbers_of_changed_complaint AFTER UPDATE OF customer_id, received_at, is_open ON complaints
BEGIN
  INSERT INTO number_changes (customer_id) SELECT OLD.customer_id WHERE OLD.customer_id IS NOT NULL;
  INSERT INTO number_changes (customer_id) SELECT NEW.customer_id WHERE NEW.customer_id IS NOT OLD.customer_id;
END;
CREATE TRIGGER numbers_of_gone_complaint AFTER DELETE ON complaints WHEN OLD.customer_id IS NOT NULL
BEGIN
  INSERT INTO number_changes (customer_id) VALUES (OLD.customer_id);
END;
CREATE TRIGGER numbers_of_gone_interaction AFTER DELETE ON interactions
BEGIN
  INSERT INTO number_changes (customer_id) VALUES (OLD.customer_id);
END;
CREATE TRIGGER numbers_of_changed_interaction AFTER UPDATE ON interactions
BEGIN
  INSERT INTO number_changes (customer_id) VALUES (NEW.customer_id);
END;
CREATE TRIGGER numbers_of_gone_judgement AFTER DELETE ON customer_judgements
BEGIN
  INSERT INTO number_changes (customer_id) VALUES (OLD.customer_id);
END;

CREATE TRIGGER numbers_of_gone_value AFTER DELETE ON custom_values
BEGIN
  INSERT INTO number_changes (customer_id) VALUES (OLD.customer_id);
END;
CREATE TRIGGER numbers_of_changed_value AFTER UPDATE ON custom_values
BEGIN
  INSERT INTO number_changes (customer_id) VALUES (NEW.customer_id);
END;
CREATE TRIGGER numbers_of_new_tag AFTER INSERT ON customer_tags
BEGIN
  INSERT INTO number_changes (customer_id) VALUES (NEW.customer_id);
END;
CREATE TRIGGER numbers_of_gone_tag AFTER DELETE ON customer_tags
BEGIN
  INSERT INTO number_changes (customer_id) VALUES (OLD.customer_id);
END;
CREATE TRIGGER numbers_of_renamed_tag AFTER UPDATE OF name ON tags
BEGIN
  INSERT INTO number_changes (customer_id) SELECT customer_id FROM customer_tags WHERE tag_id = NEW.id;
END;

-- A change of class that was taken back.
CREATE TRIGGER numbers_of_gone_assignment AFTER DELETE ON segment_assignments
BEGIN
  INSERT INTO number_changes (customer_id) VALUES (OLD.customer_id);
END;
