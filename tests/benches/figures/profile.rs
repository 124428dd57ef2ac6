//! Opening a profile with everything on it: against the same rows read by hand-written, prepared queries.

use super::figure::{Figure, Held};
use super::plain_book;
use super::shop::Shop;
use super::stopwatch;
use rusqlite::Connection;
use serde_json::{Value, json};

/// What a profile is made of, as a person would ask for it.
const QUERIES: &[&str] = &[
    "SELECT * FROM customers WHERE id = ?1",
    "SELECT * FROM customer_figures WHERE customer_id = ?1",
    "SELECT * FROM contacts WHERE customer_id = ?1 ORDER BY position, id",
    "SELECT tags.name FROM customer_tags JOIN tags ON tags.id = customer_tags.tag_id WHERE customer_id = ?1",
    "SELECT DISTINCT others.customer_id FROM contacts AS own
     JOIN contacts AS others ON others.value = own.value AND others.customer_id <> own.customer_id
     WHERE own.customer_id = ?1",
    "SELECT id, sold_on, net_minor, refunded_minor FROM sales INDEXED BY sales_by_customer
     WHERE customer_id = ?1 ORDER BY sold_on, id",
    "SELECT sales.*, (SELECT group_concat(text, ', ')
                      FROM (SELECT coalesce(sale_lines.description, products.name, '') AS text
                            FROM sale_lines LEFT JOIN products ON products.id = sale_lines.product_id
                            WHERE sale_lines.sale_id = sales.id ORDER BY sale_lines.line_no LIMIT 3)) AS items
     FROM sales WHERE customer_id = ?1 ORDER BY sold_on DESC, sold_at DESC, id DESC LIMIT 50",
    "SELECT products.category, count(DISTINCT sales.id), sum(sale_lines.amount_minor) AS spend
     FROM sales JOIN sale_lines ON sale_lines.sale_id = sales.id JOIN products ON products.id = sale_lines.product_id
     WHERE sales.customer_id = ?1 GROUP BY products.category ORDER BY spend DESC LIMIT 5",
    "SELECT products.name, count(DISTINCT sales.id) AS times, sum(sale_lines.amount_minor)
     FROM sales JOIN sale_lines ON sale_lines.sale_id = sales.id JOIN products ON products.id = sale_lines.product_id
     WHERE sales.customer_id = ?1 GROUP BY products.name ORDER BY times DESC LIMIT 5",
    "SELECT sold_at FROM sales WHERE customer_id = ?1 ORDER BY sold_on DESC, id DESC LIMIT 200",
    "SELECT refunds.* FROM sales JOIN refunds ON refunds.sale_id = sales.id
     WHERE sales.customer_id = ?1 AND sales.refunded_minor > 0 LIMIT 50",
    "SELECT * FROM notes WHERE customer_id = ?1 ORDER BY at DESC LIMIT 50",
    "SELECT * FROM tier_changes WHERE customer_id = ?1 ORDER BY id DESC LIMIT 50",
    "SELECT * FROM segment_assignments WHERE customer_id = ?1 ORDER BY id DESC LIMIT 50",
    "SELECT * FROM complaints WHERE customer_id = ?1 AND is_open = 1 LIMIT 20",
    "SELECT complaint_events.* FROM complaints
     JOIN complaint_events ON complaint_events.complaint_id = complaints.id WHERE complaints.customer_id = ?1 LIMIT 50",
    "SELECT definition FROM ladder_versions WHERE ?1 > 0",
    "SELECT definition FROM schemes WHERE is_primary = 1 AND ?1 > 0",
    "SELECT cuts FROM segment_runs WHERE ?1 > 0 ORDER BY id DESC LIMIT 1",
];

/// Time against the queries, and bytes of the answer.
pub fn figures(shop: &Shop) -> Vec<Figure> {
    let open = shop.opened();
    let plain_copy = shop.copied();
    let plain = plain_book::open(&plain_copy.book());
    let people = shop.some_customers(shop.size.rounds(300));
    let (mut most_bytes, mut bytes, mut is_right) = (0, vec![], true);
    for id in &people {
        let text = open.call("customer_profile", &json!({ "id": id }));
        let answer: Value = serde_json::from_str(&text).expect("answers are JSON");
        let net = plain_book::number(
            &plain,
            &format!("SELECT coalesce(sum(net_minor - refunded_minor), 0) FROM sales WHERE customer_id = {id}"),
        );
        is_right &= answer["trade"]["net_minor"].as_i64() == Some(net);
        most_bytes = most_bytes.max(text.len());
        bytes.push(text.len());
        by_hand(&plain, *id);
    }
    let (ours, peer) = stopwatch::by_turns(
        people.len(),
        |round| open.call("customer_profile", &json!({ "id": people[round] })),
        |round| by_hand(&plain, people[round]),
    );
    bytes.sort_unstable();
    let held = if most_bytes <= 10_000 { Held::Yes } else { Held::No };
    vec![
        Figure::at_most("profile.time", 1.5, "≤ 1.5×", stopwatch::ratio(ours.median(), peer.median()))
            .measured(format!("customer_profile, {} customers, read a second time", people.len()), ours.text())
            .against(format!("{}, {} prepared queries by hand", peer.text(), QUERIES.len()))
            .checked(is_right, "net of each is the sum of its sales"),
        Figure::plain("profile.bytes", "≤ 10 kB", held)
            .measured("the answer", format!("{} B (largest {most_bytes} B)", bytes[bytes.len() / 2]))
            .against("one call, 10 kB"),
    ]
}

/// Runs every query and takes every value out.
fn by_hand(book: &Connection, id: i64) -> usize {
    let mut taken = 0;
    for sql in QUERIES {
        let mut statement = book.prepare_cached(sql).expect("a query");
        let columns = statement.column_count();
        let mut rows = statement.query([id]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            for column in 0..columns {
                let value: rusqlite::types::Value = row.get(column).expect("a value");
                taken += usize::from(value != rusqlite::types::Value::Null);
            }
        }
    }
    taken
}
