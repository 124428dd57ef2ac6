//! Which trees of the book a sale writes to: each is at least one page in the log, encrypted, sealed and flushed while a
//! customer waits.

use crate::support::Shop;
use rusqlite::Connection;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Pages of each transaction that the log holds behind its first `skipped` bytes. Only the pages are encrypted, the
/// heads of the frames are not.
fn transactions(log: &[u8], skipped: usize) -> Vec<BTreeSet<u32>> {
    let number = |at: usize| u32::from_be_bytes(log[at..at + 4].try_into().expect("four bytes"));
    let frame = 24 + number(8) as usize;
    let (mut found, mut open) = (vec![], BTreeSet::new());
    for at in (skipped.max(32)..log.len()).step_by(frame) {
        open.insert(number(at));
        if number(at + 4) != 0 {
            found.push(std::mem::take(&mut open));
        }
    }
    found
}

/// The tree that each page belongs to, of a book that nobody has open.
fn trees(book: &Path) -> BTreeMap<u32, String> {
    let key = std::fs::read_to_string(shukebu_backend::keys::key_path(book)).expect("the key lies beside the book");
    let connection = Connection::open(book).expect("the book opens");
    connection.pragma_update(None, "key", format!("x'{}'", key.trim())).expect("the key fits");
    let mut statement = connection.prepare("SELECT pageno, name FROM dbstat").expect("the map of pages");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
    rows.collect::<rusqlite::Result<_>>().expect("pages")
}

#[test]
fn a_sale_of_two_lines_with_points_writes_to_these_trees_and_no_others() {
    let shop = Shop::open();
    let product = |name: &str| {
        let facts = json!({ "name": name, "price_minor": 1_200 });
        shop.call("product_create", json!({ "facts": facts }))["row"]["id"].as_i64().expect("an id")
    };
    let products = [product("可颂"), product("吐司")];
    let customers: Vec<i64> = (0..12).map(|number| shop.customer(&format!("客人{number}"))).collect();
    let sell = |customer: i64, round: usize| {
        shop.advance_minutes(1);
        let lines = products.map(|product| json!({ "product_id": product, "quantity": "2" }));
        let key = format!("sale-{customer}-{round}");
        let sale = json!({ "customer_id": customer, "lines": lines, "payment": "微信", "client_key": key });
        shop.call("sale_create", sale);
    };
    // What happens once in a life, or once while a shop has few buyers, is over.
    for round in 0..3 {
        customers.iter().for_each(|customer| sell(*customer, round));
    }
    let log = shop.folder().join("shop.shukebu-wal");
    let skipped = std::fs::read(&log).expect("the log").len();
    customers.iter().for_each(|customer| sell(*customer, 3));
    let log = std::fs::read(&log).expect("the log");
    shop.app.close_book();
    let trees = trees(&shop.path());
    let of_page = |page: &u32| trees.get(page).cloned().unwrap_or_else(|| format!("page {page}"));
    let written = transactions(&log, skipped);
    assert_eq!(written.len(), customers.len(), "a sale is one transaction");
    let pages: usize = written.iter().map(BTreeSet::len).sum();
    let mut written: Vec<BTreeSet<String>> = written.iter().map(|pages| pages.iter().map(of_page).collect()).collect();
    // Now and then a tree grows; the sale that writes least is the one that grows nothing.
    written.sort_by_key(BTreeSet::len);
    let expected = [
        "audit",
        "customer_figures",
        "points_events",
        "points_events_by_customer",
        "sale_lines",
        "sale_lines_by_sale",
        "sales",
        "sales_by_customer",
        "sales_by_day",
        "sales_by_number",
        "sqlite_autoindex_audit_1",
        "sqlite_sequence",
    ];
    assert_eq!(written[0].iter().map(String::as_str).collect::<Vec<_>>(), expected);
    assert!(pages <= (expected.len() + 2) * customers.len(), "{pages} pages, {written:?}");
}

/// Otherwise one sale in some hundred would pay for folding all before it into the book.
#[test]
fn while_nobody_asks_the_log_is_folded_and_begins_anew() {
    let shop = Shop::open();
    let customer = shop.customer("李雷");
    let log = shop.folder().join("shop.shukebu-wal");
    let bytes = || std::fs::metadata(&log).expect("the log").len();
    let sell = |from: i64| {
        for sale in from..from + 20 {
            shop.advance_minutes(1);
            let key = format!("sale-{sale}");
            shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": 1_000, "client_key": key }));
        }
    };
    sell(0);
    let once = bytes();
    sell(20);
    let twice = bytes();
    assert!(twice > once, "at work the log only grows");
    std::thread::sleep(std::time::Duration::from_millis(3_500));
    sell(40);
    assert_eq!(bytes(), twice, "what came after the quiet lies where the log began");
    let of_customer = shop.call("customer_profile", json!({ "id": customer }));
    assert_eq!(of_customer["trade"]["orders"], 60);
}
