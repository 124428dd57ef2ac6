//! Sales of two people over years, with openings, refunds and a record that was merged away.

use rusqlite::Connection;

/// Puts them into an empty book.
pub(crate) fn four_hundred_sales(connection: &Connection) {
    connection
        .execute_batch(
            "INSERT INTO staff (id, name, role, created_at) VALUES (1, '店主', 'owner', 0);
         INSERT INTO customers (id, member_no, name, sort_key, joined_on, created_at, updated_at, opening_visits, opening_on)
         VALUES (1, 'M1', '王', x'00', '2024-01-01', 0, 0, 3, '2024-02-01'),
                (2, 'M2', '王', x'00', '2024-01-01', 0, 0, 0, NULL),
                (3, 'M3', '李', x'00', '2024-01-01', 0, 0, 0, NULL);
         UPDATE customers SET merged_into = 1 WHERE id = 2;
         WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 400)
         INSERT INTO sales (sale_no, customer_id, sold_at, sold_on, recorded_at, staff_id, gross_minor, net_minor,
                            refunded_minor, source)
         SELECT 'S' || n, 1 + n % 2, n, date('2024-01-20', '+' || (n * 7 % 900) || ' days'), n, 1, 0,
                CASE WHEN n % 11 = 0 THEN -50 ELSE n * 13 % 997 END,
                CASE WHEN n % 11 = 0 THEN 0 WHEN n % 5 = 0 THEN n * 13 % 997 WHEN n % 7 = 0 THEN 1 ELSE 0 END,
                'counter'
         FROM numbers;",
        )
        .unwrap();
}
