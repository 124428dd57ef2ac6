//! The annual cashback of everybody: looked at while a rate is tried, and paid with a voucher for each in one transaction.
//! Against the tenth of a second in which something has to happen, and against the same rows inserted bare.

use super::figure::Figure;
use super::plain_book;
use super::shop::{CopiedBook, OpenShop, Shop};
use super::stopwatch::{self, Laps, shown};
use serde_json::{Value, json};
use std::time::Duration;

/// A year of the shop's history that its own story has not paid.
const YEAR: i32 = 2024;

/// The first look, a look with another rate, and the pay-out.
pub fn figures(shop: &Shop) -> Vec<Figure> {
    let rounds = shop.size.rounds(if shop.sales() > 500_000 { 3 } else { 7 });
    let open = shop.opened();
    let mut people = 0;
    let (mut first, mut again) = (Laps::default(), Laps::default());
    for round in 0..rounds {
        // Whatever is written makes the next look the first one.
        open.call("customer_create", &json!({ "name": format!("新客{round}") }));
        first.time(|| open.call("cashback_preview", &question(200)));
        for rate in 201..206 {
            people = again.time(|| open.read("cashback_preview", &question(rate)))["people"].as_i64().unwrap_or(0);
        }
    }
    let mut paid = 0;
    let (mut ours, mut bare) = (Laps::default(), Laps::default());
    for _ in 0..rounds {
        let run = ours.time(|| pay(&open));
        paid = run["people"].as_i64().unwrap_or(0);
        // Taken back, the year can be paid again.
        open.call("cashback_reverse", &json!({ "id": run["id"], "reason": "again" }));
        let copy = shop.copied();
        bare.time(|| insert_bare(&copy, people));
    }
    let tenth = Duration::from_millis(100);
    vec![
        Figure::at_most("cashback.preview", 1.0, "≤ 100 ms", stopwatch::ratio(again.median(), tenth))
            .measured("cashback_preview with another rate", again.text())
            .against(format!("{}, in which something has to happen", shown(tenth)))
            .checked(people > 0, format!("{people} people would be paid")),
        Figure::at_most("cashback.first", 5.0, "≤ 500 ms", stopwatch::ratio(first.median(), tenth))
            .measured("cashback_preview after a change: a walk over the year, in pieces", first.text())
            .against(format!("{}, in which something has to happen", shown(tenth))),
        Figure::at_most("cashback.pay", 4.0, "≤ 4×", stopwatch::ratio(ours.median(), bare.median()))
            .measured(format!("cashback_approve of {people} people with a voucher each"), ours.text())
            .against(format!("{}, the same rows inserted bare in one transaction", bare.text()))
            .checked(paid == people, format!("{paid} of {people} people paid")),
    ]
}

fn question(rate_bp: i64) -> Value {
    json!({ "year": YEAR, "pays_as": "voucher", "rules": { "steps": [{ "from_minor": 0, "rate_bp": rate_bp }] } })
}

/// Pays the year; answers the run.
fn pay(open: &OpenShop) -> Value {
    let mut job = open.read("cashback_approve", &question(200));
    while job["state"] == "running" {
        std::thread::sleep(Duration::from_millis(2));
        job = open.read("job_get", &json!({ "job": job["job"] }));
    }
    assert_eq!(job["state"], "done", "{job}");
    job["result"].take()
}

/// A coupon and an entry for each, as a person with a database library would insert them.
fn insert_bare(copy: &CopiedBook, people: i64) {
    let mut book = plain_book::open(&copy.book());
    let tx = book.transaction().expect("a transaction");
    for (table, sql) in [
        (
            "coupon_batches",
            "INSERT INTO coupon_batches SELECT NULL, name, campaign, terms, audience, from_on, until_on, budget_minor, issued, 1, issued_at, staff_id FROM coupon_batches LIMIT 1",
        ),
        (
            "cashback_runs",
            "INSERT INTO cashback_runs (year, rules, pays_as, approved_at, staff_id, people, paid_minor) SELECT 2024, '{}', 'voucher', 0, id, 0, 0 FROM staff LIMIT 1",
        ),
    ] {
        tx.execute(sql, []).unwrap_or_else(|error| panic!("{table}: {error}"));
    }
    let (batch, run): (i64, i64) = tx
        .query_row("SELECT (SELECT max(id) FROM coupon_batches), (SELECT max(id) FROM cashback_runs)", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .expect("two ids");
    {
        let mut coupon = tx
            .prepare("INSERT INTO coupons (batch_id, code, customer_id, value_minor) VALUES (?1, ?2, ?3, ?4)")
            .expect("a statement");
        let mut entry = tx
            .prepare(
                "INSERT INTO cashback_years (run_id, customer_id, year, tier, net_minor, granted_minor, carried_minor, paid_minor, coupon_id)
                 VALUES (?1, ?2, 2024, '普通', 10000, 200, 0, 200, ?3)",
            )
            .expect("a statement");
        for customer in 1..=people {
            coupon.execute((batch, format!("B{customer:09}"), customer, 200)).expect("a coupon");
            entry.execute((run, customer, tx.last_insert_rowid())).expect("an entry");
        }
    }
    tx.commit().expect("a commit");
}
