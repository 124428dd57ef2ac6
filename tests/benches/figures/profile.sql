-- What the program asks when a profile is opened, each question once, as it was noted on 2026-11-29. What it reads once for
-- many profiles (tiers, scheme, rules of points, fields of the shop) is not among them.

SELECT id, member_no, name, salutation, mnemonic, kind, company, gender, birthday_calendar, birth_year, birth_month,
  birth_day, birth_is_leap, address, source, note, habits, joined_on, opening_spend_minor, opening_visits, opening_on,
  created_at, updated_at FROM customers WHERE id = coalesce((SELECT merged_into FROM customers WHERE id = :id), :id);
SELECT sales.id, sales.sale_no, sales.sold_at, sales.sold_on, sales.net_minor, sales.refunded_minor, sales.payment,
  sales.note, sales.recorded_at, sales.gross_minor, sales.discount_minor, sales.discount_reason, sales.source,
  sales.staff_id, sales.backdate_note, sales.scene, sales.packaging, sales.delivery_cost_minor,
  coalesce(sales.staff_text, (SELECT name FROM staff WHERE staff.id = sales.staff_id)) AS staff_name, (SELECT
  coalesce(merged_into, id) FROM customers WHERE customers.id = :id) AS customer_id, (SELECT kept.name FROM customers
  AS own JOIN customers AS kept ON kept.id = coalesce(own.merged_into, own.id) WHERE own.id = :id) AS customer_name,
  (SELECT group_concat(text, ', ') FROM (SELECT coalesce(sale_lines.description, products.name, '') AS text FROM
  sale_lines LEFT JOIN products ON products.id = sale_lines.product_id WHERE sale_lines.sale_id = sales.id ORDER BY
  sale_lines.line_no LIMIT 3)) AS items FROM sales WHERE sales.id IN ( SELECT newest.id FROM sales AS newest WHERE
  newest.customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id) ORDER BY newest.sold_on DESC,
  newest.sold_at DESC, newest.id DESC LIMIT :limit) ORDER BY sales.sold_on DESC, sales.sold_at DESC, sales.id DESC;
SELECT refunds.id, refunds.sale_id, refunds.refunded_at, refunds.refunded_on, refunds.amount_minor, refunds.reason,
  refunds.kind FROM sales JOIN refunds ON refunds.sale_id = sales.id WHERE sales.customer_id IN (SELECT id FROM
  customers WHERE id = :id OR merged_into = :id) AND sales.refunded_minor > 0 ORDER BY refunds.refunded_at DESC,
  refunds.id DESC LIMIT :limit;
SELECT id, at, text FROM notes WHERE customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
  ORDER BY at DESC, id DESC LIMIT :limit;
SELECT id, kind, direction, at, text, is_deep, minutes FROM interactions WHERE customer_id IN (SELECT id FROM
  customers WHERE id = :id OR merged_into = :id) ORDER BY at DESC, id DESC LIMIT :limit;
SELECT id, name, bytes, added_at FROM attachments WHERE customer_id IN (SELECT id FROM customers WHERE id = :id OR
  merged_into = :id) AND complaint_id IS NULL ORDER BY id DESC LIMIT :limit;
SELECT customer_id, on_day, at, from_rank, from_name, to_rank, to_name, why, sale_id FROM tier_changes WHERE
  customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id) ORDER BY id;
SELECT id, at, from_class_key, assignment, pin_id FROM segment_assignments WHERE customer_id IN (SELECT id FROM
  customers WHERE id = :id OR merged_into = :id) AND scheme_key = :scheme ORDER BY id DESC LIMIT :limit;
SELECT complaints.id, complaints.case_no, complaints.description, complaint_events.at, complaint_events.event FROM
  complaints INDEXED BY complaints_by_customer JOIN complaint_events ON complaint_events.complaint_id = complaints.id
  WHERE complaints.customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer) ORDER BY
  complaint_events.at DESC, complaint_events.id DESC LIMIT :limit;
SELECT id, sold_on, net_minor, refunded_minor FROM sales INDEXED BY sales_by_customer WHERE customer_id IN (SELECT id
  FROM customers WHERE id = :id OR merged_into = :id) ORDER BY sold_on, id;
SELECT customers.id, customers.member_no, customers.name, customers.salutation, customers.kind, customers.joined_on,
  figures.last_on, figures.orders, figures.net_minor, figures.open_complaints, figures.tier_rank, figures.class_key,
  CASE WHEN figures.open_complaints > 0 THEN (SELECT complaints.case_no FROM complaints INDEXED BY complaints_sparing
  WHERE complaints.customer_id IN (SELECT own.id FROM customers AS own WHERE own.id = customers.id OR own.merged_into
  = customers.id) AND complaints.spares_customer = 1 ORDER BY complaints.id LIMIT 1) END AS spared_by, (SELECT value
  FROM contacts WHERE customer_id = customers.id AND retired_at IS NULL AND kind IN ('mobile', 'landline') ORDER BY
  position, id LIMIT 1) AS phone, (SELECT group_concat(tags.name, char(31)) FROM customer_tags JOIN tags ON tags.id =
  customer_tags.tag_id WHERE customer_tags.customer_id = customers.id) AS tag_names FROM customers JOIN
  customer_figures AS figures ON figures.customer_id = customers.id WHERE customers.id = :id;
SELECT points_live FROM customer_figures WHERE customer_id = :customer AND (points_end_on IS NULL OR points_end_on >
  :soon) AND (points_wait_until IS NULL OR points_wait_until <= :today);
SELECT id, kind, value FROM contacts WHERE customer_id = :id AND retired_at IS NULL ORDER BY retired_at, position, id;
SELECT (NOT EXISTS (SELECT 1 FROM contacts WHERE customer_id = customers.id AND retired_at IS NULL)) AS phone,
  (customers.kind = 'person' AND customers.birthday_calendar IS NULL) AS birthday, (customers.kind = 'person' AND
  customers.gender IS NULL) AS gender, (customers.kind = 'person' AND customers.salutation IS NULL) AS salutation,
  (customers.kind = 'company' AND NOT EXISTS (SELECT 1 FROM contact_persons WHERE customer_id = customers.id)) AS
  persons, (customers.address IS NULL) AS address, (customers.source IS NULL) AS source, (customers.habits IS NULL AND
  NOT EXISTS (SELECT 1 FROM customer_tags WHERE customer_id = customers.id)) AS habits, (NOT EXISTS (SELECT 1 FROM
  consents WHERE customer_id = customers.id AND purpose = 'service' AND is_given = 1)) AS consent FROM customers WHERE
  id = :id;
SELECT preferred_channel, quiet_from_minute, quiet_to_minute, is_do_not_contact, do_not_contact_why, parent_id,
  referrer_id, guardian FROM customer_details WHERE customer_id = :id;
SELECT name, person_id, role, influence, relation, phone FROM contact_persons WHERE customer_id = :id ORDER BY
  position, id;
SELECT custom_fields.id, custom_fields.name, custom_fields.kind, custom_fields.unit, custom_fields.is_preference,
  custom_values.text, custom_values.number_milli FROM custom_values JOIN custom_fields ON custom_fields.id =
  custom_values.field_id WHERE custom_values.customer_id = :id ORDER BY custom_fields.position, custom_fields.id,
  custom_values.position;
SELECT DISTINCT customers.id, customers.name FROM contact_persons JOIN customers ON customers.id =
  contact_persons.customer_id WHERE contact_persons.person_id = :id ORDER BY customers.id LIMIT 20;
WITH RECURSIVE below (id, depth, path) AS ( SELECT :root, 0, printf('%012d', :root) UNION SELECT details.customer_id,
  below.depth + 1, below.path || printf('/%012d', details.customer_id) FROM below JOIN customer_details AS details ON
  details.parent_id = below.id WHERE below.depth < 20 AND instr(below.path, printf('%012d', details.customer_id)) = 0
  ) SELECT below.id, below.depth, customers.name, coalesce(figures.orders, 0) AS orders, coalesce(figures.net_minor,
  0) AS net_minor FROM below JOIN customers ON customers.id = below.id LEFT JOIN customer_figures AS figures ON
  figures.customer_id = below.id ORDER BY below.path LIMIT 500;
WITH RECURSIVE below (id, depth, path) AS ( SELECT :root, 0, printf('%012d', :root) UNION SELECT details.customer_id,
  below.depth + 1, below.path || printf('/%012d', details.customer_id) FROM below JOIN customer_details AS details ON
  details.referrer_id = below.id WHERE below.depth < 20 AND instr(below.path, printf('%012d', details.customer_id)) =
  0 ) SELECT below.id, below.depth, customers.name, coalesce(figures.orders, 0) AS orders, coalesce(figures.net_minor,
  0) AS net_minor FROM below JOIN customers ON customers.id = below.id LEFT JOIN customer_figures AS figures ON
  figures.customer_id = below.id ORDER BY below.path LIMIT 500;
SELECT kind, name, year, month, day FROM anniversaries WHERE customer_id = :id ORDER BY id;
SELECT purpose, is_given, given_on, way, staff.name AS staff FROM consents JOIN staff ON staff.id = consents.staff_id
  WHERE consents.id IN (SELECT max(id) FROM consents WHERE customer_id IN (SELECT id FROM customers WHERE id = :id OR
  merged_into = :id) GROUP BY purpose) ORDER BY CASE purpose WHEN 'service' THEN 0 WHEN 'marketing' THEN 1 ELSE 2 END;
SELECT wishes.id, wishes.customer_id, customers.name AS customer, wishes.created_at, coalesce(products.name,
  wishes.category, wishes.text) AS what FROM wishes JOIN customers ON customers.id = wishes.customer_id LEFT JOIN
  products ON products.id = wishes.product_id WHERE wishes.customer_id IN (SELECT id FROM customers WHERE id = :id OR
  merged_into = :id) AND wishes.closed_at IS NULL ORDER BY wishes.id LIMIT 50;
SELECT id, kind, value FROM contacts WHERE customer_id = :id AND retired_at IS NOT NULL ORDER BY retired_at, position,
  id;
SELECT tags.name FROM customer_tags JOIN tags ON tags.id = customer_tags.tag_id WHERE customer_tags.customer_id = :id
  ORDER BY tags.name;
SELECT DISTINCT other.customer_id FROM contacts AS own JOIN contacts AS other ON other.value = own.value JOIN
  customers ON customers.id = other.customer_id AND customers.merged_into IS NULL WHERE own.customer_id = :id AND
  own.retired_at IS NULL AND other.retired_at IS NULL AND own.kind IN ('mobile', 'landline') AND other.customer_id <>
  :id ORDER BY other.customer_id LIMIT 20;
SELECT coalesce(sum(opening_spend_minor), 0) AS spend FROM customers WHERE id = :id OR merged_into = :id;
SELECT sales.id, products.category, coalesce(products.name, sale_lines.description) AS item, sale_lines.amount_minor
  FROM sales INDEXED BY sales_by_customer CROSS JOIN sale_lines ON sale_lines.sale_id = sales.id LEFT JOIN products ON
  products.id = sale_lines.product_id WHERE sales.customer_id IN (SELECT id FROM customers WHERE id = :id OR
  merged_into = :id);
SELECT sold_at, payment FROM sales WHERE customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
  ORDER BY sold_on DESC, id DESC LIMIT :limit;
SELECT version_id, orders, net_minor, summary FROM ladder_summaries WHERE customer_id = :id;
SELECT id, joined_on, opening_spend_minor, opening_visits, opening_on FROM customers WHERE id = :id OR merged_into =
  :id ORDER BY id;
SELECT id, sold_on, net_minor, refunded_minor FROM sales INDEXED BY sales_by_customer WHERE customer_id = :id ORDER BY
  sold_on, id;
SELECT tier_by_hand.on_day, tier_by_hand.mode, tier_by_hand.tier, tier_by_hand.until_on, tier_by_hand.reason,
  staff.name AS staff_name FROM tier_by_hand JOIN staff ON staff.id = tier_by_hand.staff_id WHERE
  tier_by_hand.customer_id = :customer ORDER BY tier_by_hand.id;
SELECT coalesce(sum(points), 0) AS points FROM points_debts WHERE customer_id IN (SELECT id FROM customers WHERE id =
  :customer OR merged_into = :customer);
SELECT is_given, given_on FROM consents WHERE purpose = 'service' AND customer_id IN (SELECT id FROM customers WHERE
  id = :customer OR merged_into = :customer) ORDER BY id DESC LIMIT 1;
SELECT EXISTS (SELECT 1 FROM customer_figures WHERE customer_id IN (SELECT id FROM customers WHERE id = :customer OR
  merged_into = :customer) AND tier_rank > 0) OR EXISTS (SELECT 1 FROM customers WHERE id IN (SELECT id FROM customers
  WHERE id = :customer OR merged_into = :customer) AND opening_points > 0) OR EXISTS (SELECT 1 FROM points_ledger
  WHERE customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer) AND kind = 'redeem');
SELECT class_key, class_kind, class_since FROM customer_figures WHERE customer_id = :id;
SELECT segment_pins.id, class_key, reason, until_on, staff.name AS by_name FROM segment_pins JOIN staff ON staff.id =
  segment_pins.staff_id WHERE scheme_key = :scheme AND customer_id = :id AND ended_at IS NULL AND until_on >= :day;
SELECT id, as_of_on, why, cuts FROM segment_runs WHERE scheme_key = :key ORDER BY id DESC LIMIT 1;
SELECT id, merged_into FROM customers WHERE merged_into = :one ORDER BY id;
SELECT id, joined_on, opening_spend_minor, opening_visits, opening_on FROM customers WHERE id IN (SELECT id FROM
  customers WHERE id = :customer OR merged_into = :customer) AND merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM
  erasures WHERE customer_id = customers.id) ORDER BY id;
SELECT min((SELECT sold_on FROM sales INDEXED BY sales_by_customer WHERE customer_id = records.id AND sold_on <=
  :through AND net_minor > refunded_minor ORDER BY sold_on LIMIT 1)) AS first_on, max((SELECT sold_on FROM sales
  INDEXED BY sales_by_customer WHERE customer_id = records.id AND sold_on <= :through AND net_minor > refunded_minor
  ORDER BY sold_on DESC LIMIT 1)) AS last_on FROM customers AS records WHERE records.id = :customer OR
  records.merged_into = :customer;
SELECT count(*) FILTER (WHERE net_minor > refunded_minor) AS orders, coalesce(sum(net_minor - refunded_minor), 0) AS
  net, max(net_minor - refunded_minor) FILTER (WHERE net_minor > refunded_minor) AS largest,
  coalesce(sum(refunded_minor), 0) AS refunded, min(sold_on) AS oldest_on FROM sales INDEXED BY sales_by_customer
  WHERE customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer) AND sold_on > :after
  AND sold_on <= :through;
SELECT coalesce(customers.merged_into, customers.id) AS customer_id, judgement FROM customer_judgements JOIN customers
  ON customers.id = customer_judgements.customer_id WHERE customer_judgements.customer_id IN (SELECT id FROM customers
  WHERE id = :customer OR merged_into = :customer) ORDER BY customer_judgements.id;
SELECT complaints.id, complaints.case_no, complaints.kind, complaints.duplicate_of, (SELECT coalesce(merged_into, id)
  FROM customers WHERE customers.id = complaints.customer_id) AS customer_id, coalesce((SELECT kept.name FROM
  customers AS own JOIN customers AS kept ON kept.id = coalesce(own.merged_into, own.id) WHERE own.id =
  complaints.customer_id), complaints.customer_text) AS customer_name, complaints.received_at, complaints.recorded_at,
  complaints.channel, complaints.category, complaints.severity, complaints.description, complaints.remedy_sought,
  complaints.sale_id, complaints.owner_id, (SELECT name FROM staff WHERE staff.id = complaints.owner_id) AS owner_name
  FROM complaints WHERE complaints.is_open = 1 AND complaints.customer_id IN (SELECT id FROM customers WHERE id =
  :customer OR merged_into = :customer) AND :customer IS :customer AND (:kind IS NULL OR complaints.kind = :kind) AND
  (:owner IS NULL OR complaints.owner_id = :owner) ORDER BY complaints.next_due_at ASC NULLS LAST, complaints.id LIMIT
  :limit OFFSET :offset;
SELECT case_no FROM complaints INDEXED BY complaints_sparing WHERE customer_id IN (SELECT id FROM customers WHERE id =
  :customer OR merged_into = :customer) AND spares_customer = 1 ORDER BY id LIMIT 1;
SELECT count(DISTINCT sold_on) AS days, sum(net_minor - refunded_minor) AS net, max(sold_on) AS last_on FROM sales
  INDEXED BY sales_by_customer WHERE customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into =
  :customer) AND sold_on > :after AND net_minor > refunded_minor HAVING count(*) > 0;
