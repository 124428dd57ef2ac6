-- Of a customer's assignments by a scheme the newest holds. A mark on it had to be taken off the one before, which wrote
-- to two more trees with every sale that moves somebody.
DROP INDEX segment_assignments_current;
DROP INDEX segment_assignments_by_customer;
ALTER TABLE segment_assignments DROP COLUMN is_current;
CREATE INDEX segment_assignments_by_customer ON segment_assignments (customer_id, scheme_key, id, class_key);
