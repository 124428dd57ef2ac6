//! Opening a profile with everything on it: against the same rows read by hand-written, prepared queries.

use super::figure::{Figure, Held};
use super::plain_book;
use super::shop::Shop;
use super::stopwatch;
use rusqlite::Connection;
use rusqlite::types::Value;
use serde_json::json;

/// What the program itself asks.
const QUERIES: &str = include_str!("profile.sql");

fn queries() -> impl Iterator<Item = &'static str> {
    QUERIES.split(";\n").filter(|sql| !sql.trim().is_empty())
}

/// Time against the queries, and bytes of the answer.
pub fn figures(shop: &Shop) -> Vec<Figure> {
    let open = shop.opened();
    let plain_copy = shop.copied();
    let plain = plain_book::open(&plain_copy.book());
    let people = shop.some_customers(shop.size.rounds(300));
    let (mut most_bytes, mut bytes, mut is_right) = (0, vec![], true);
    for id in &people {
        let text = open.call("customer_profile", &json!({ "id": id }));
        let answer: serde_json::Value = serde_json::from_str(&text).expect("answers are JSON");
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
            .against(format!("{}, the same {} prepared queries alone", peer.text(), queries().count()))
            .checked(is_right, "net of each is the sum of its sales"),
        Figure::plain("profile.bytes", "≤ 10 kB", held)
            .measured("the answer", format!("{} B (largest {most_bytes} B)", bytes[bytes.len() / 2]))
            .against("one call, 10 kB"),
    ]
}

/// Runs every query and takes every value out.
fn by_hand(book: &Connection, id: i64) -> usize {
    let mut taken = 0;
    for sql in queries() {
        let mut statement = book.prepare_cached(sql).expect("a query");
        for place in 1..=statement.parameter_count() {
            let name = statement.parameter_name(place).unwrap_or_default().to_owned();
            statement.raw_bind_parameter(place, value_of(&name, id)).expect("a parameter");
        }
        let columns = statement.column_count();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().expect("a row") {
            for column in 0..columns {
                let value: Value = row.get(column).expect("a value");
                taken += usize::from(value != Value::Null);
            }
        }
    }
    taken
}

/// What stands for a name in the queries. Lists are as long as the shortest that the program asks for.
fn value_of(name: &str, id: i64) -> Value {
    match name {
        ":limit" => Value::Integer(20),
        ":offset" => Value::Integer(0),
        ":kind" | ":owner" => Value::Null,
        ":scheme" | ":key" => Value::Text("simple_rfm".into()),
        ":day" | ":today" | ":through" | ":soon" => Value::Text("2026-03-02".into()),
        ":after" => Value::Text("2025-03-02".into()),
        _ => Value::Integer(id),
    }
}
