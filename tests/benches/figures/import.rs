//! Importing a cash desk's log of a hundred thousand lines into a new book: read, clean, match, insert, tiers, classes,
//! durable. Against bare inserts of the same rows, parsed before.

use super::figure::{Figure, Held};
use super::shop::{self, Numbers, OpenShop, Shop, Size};
use super::stopwatch::{self, Laps, shown};
use super::{file, plain_book, workbook};
use rusqlite::{Connection, params};
use serde_json::json;
use shukebu_backend::api::imports::ImportReport;
use shukebu_backend::imports;
use shukebu_backend::jobs::Progress;
use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

/// A line as the peer gets it.
pub struct Line {
    pub sale_no: String,
    pub customer: i64,
    pub product: i64,
    pub sold_at: i64,
    sold_on: String,
    pub quantity: i64,
    pub unit_price: i64,
}

/// Time against bare inserts, and lines a second.
pub fn figures(shop: &Shop) -> Vec<Figure> {
    let count = if shop.size == Size::Tiny { 200 } else { 100_000 };
    let lines = lines(count);
    let folder = file::temporary_folder();
    let log = folder.path().join("log.csv");
    std::fs::write(&log, csv(&lines)).expect("the log can be written");
    let mut is_right = true;
    let (mut ours, mut bare) = (Laps::default(), Laps::default());
    let mut report = ImportReport::default();
    for _ in 0..shop.size.rounds(7) {
        let app = new_book(folder.path());
        let run = serde_json::from_value(json!({ "file": log, "kind": "sales" })).expect("BUG: an import");
        report = ours.time(|| imports::import(&app, run, &Progress::default()).expect("the log can be imported"));
        app.close_book();
        let net_of_import = net(folder.path());
        new_book(folder.path()).close_book();
        let mut book = plain_book::open(&folder.path().join("new.shukebu"));
        bare.time(|| insert(&mut book, &lines));
        is_right &= net_of_import == plain_book::number(&book, "SELECT sum(net_minor) FROM sales");
    }
    let rate = count as f64 / ours.median().as_secs_f64();
    let (rows, sales) = (report.rows, report.entities.sales);
    is_right &= rows == count as u64 && report.created == rows;
    let (waits, is_imported) = counter_meanwhile(shop, &log);
    let longest = waits.longest();
    let (back, is_back) = taken_back(shop, &log);
    let mut figures = vec![
        Figure::at_most("import.counter", 1.0, "≤ 20 ms", stopwatch::ratio(longest, Duration::from_millis(20)))
            .measured(
                "the longest wait of a search or a sale at the counter while the log is imported",
                format!("{}, median {}", shown(longest), waits.text()),
            )
            .against("20 ms, the sale itself included")
            .checked(is_imported, "the import is whole afterwards"),
        Figure::plain("import.undo", "—", Held::Untold)
            .measured("the whole import taken back", shown(back))
            .against("—")
            .checked(is_back, "as many sales as before"),
        Figure::at_most("import.time", 2.0, "≤ 2×", stopwatch::ratio(ours.median(), bare.median()))
            .measured(format!("a CSV log of {count} lines, {sales} sales, into a new book"), ours.text())
            .against(format!("{}, bare inserts of the parsed rows", bare.text()))
            .checked(is_right, format!("{rows} rows, the same net")),
        Figure::plain("import.rate", "≥ 50,000", if rate >= 50_000.0 { Held::Yes } else { Held::No })
            .measured("lines a second", format!("{rate:.0}"))
            .against("50,000 lines a second"),
    ];
    figures.extend(workbook::figures(shop, &lines, folder.path()));
    figures
}

/// Sales and searches at the counter while an import is under way: what each of them took.
fn counter_meanwhile(shop: &Shop, log: &Path) -> (Laps, bool) {
    let open = shop.opened();
    let before = sales(&open);
    let mut job = open.read("import_run", &json!({ "file": log, "kind": "sales" }));
    let mut waits = Laps::default();
    let mut sold = 0;
    while job["state"] == "running" {
        if sold < 6 {
            std::thread::sleep(Duration::from_millis(250));
            waits.time(|| open.call("customer_search", &json!({ "text": "张" })));
            waits.time(|| open.call("sale_create", &json!({ "customer_id": 1, "amount_minor": 100 })));
            sold += 1;
        }
        std::thread::sleep(Duration::from_millis(20));
        job = open.read("job_get", &json!({ "job": job["job"] }));
    }
    let made = job["result"]["entities"]["sales"].as_i64().unwrap_or(0);
    (waits, job["state"] == "done" && sales(&open) == before + made + sold)
}

/// How long it takes to take the import back.
fn taken_back(shop: &Shop, log: &Path) -> (Duration, bool) {
    let open = shop.opened();
    let before = sales(&open);
    let run = serde_json::from_value(json!({ "file": log, "kind": "sales" })).expect("BUG: an import");
    imports::import(&open.app, run, &Progress::default()).expect("the log can be imported");
    let import = open.read("import_list", &json!({}))["rows"][0]["id"].clone();
    let mut laps = Laps::default();
    laps.time(|| open.call("import_undo", &json!({ "id": import })));
    (laps.median(), sales(&open) == before)
}

fn sales(open: &OpenShop) -> i64 {
    open.read("book_info", &json!({}))["counts"]["sales"].as_i64().unwrap_or(0)
}

/// Four lines a sale, five thousand customers, a thousand products, in the order of the day.
fn lines(count: usize) -> Vec<Line> {
    let mut numbers = Numbers::seeded(11);
    let first = shop::now().millis() - 400 * 24 * 3_600_000;
    let (mut customer, mut sold_at) = (0, first);
    (0..count)
        .map(|place| {
            if place % 4 == 0 {
                customer = numbers.below(5_000);
                sold_at += numbers.below(24) * 60_000 + 60_000;
            }
            let at = shukebu_domain::time::Timestamp::from_millis(sold_at);
            Line {
                sale_no: format!("B{:07}", place / 4),
                customer,
                product: numbers.below(1_000),
                sold_at,
                sold_on: at.day_in(chrono_tz::Asia::Shanghai).to_string(),
                quantity: numbers.below(5) + 1,
                unit_price: numbers.below(20_000) + 50,
            }
        })
        .collect()
}

fn csv(lines: &[Line]) -> String {
    let mut text = String::from("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,Customer ID\n");
    for line in lines {
        let at = shukebu_domain::time::Timestamp::from_millis(line.sold_at);
        let at = at.utc().with_timezone(&chrono_tz::Asia::Shanghai).format("%Y-%m-%d %H:%M:%S");
        let (whole, cents) = (line.unit_price / 100, line.unit_price % 100);
        let _ = writeln!(
            text,
            "{},P{:04},商品 {},{},{at},{whole}.{cents:02},C{:05}",
            line.sale_no, line.product, line.product, line.quantity, line.customer
        );
    }
    text
}

/// A new, empty book in a folder.
pub fn new_book(folder: &Path) -> std::sync::Arc<shukebu_backend::app::App> {
    for name in ["new.shukebu", "new.shukebu-wal", "new.shukebu.key", "new.shukebu.slots"] {
        let _ = std::fs::remove_file(folder.join(name));
    }
    let (app, _clock) = shop::program(folder);
    let new = serde_json::from_value(json!({ "name": "测试店" })).expect("BUG: a new book");
    shukebu_backend::books::create_at(&app, &folder.join("new.shukebu"), new, false).expect("a book can be made");
    app
}

/// What its sales come to.
pub fn net(folder: &Path) -> i64 {
    let (app, _clock) = shop::open(&folder.join("new.shukebu"), folder);
    let info = shukebu_backend::commands::call(&app, "book_info", "{}").expect("an answer");
    app.close_book();
    let info: serde_json::Value = serde_json::from_str(&info).expect("answers are JSON");
    info["totals"]["net_minor"].as_i64().unwrap_or(0)
}

/// What a person with a database library would do who had the rows already.
pub fn insert(book: &mut Connection, lines: &[Line]) {
    let tx = book.transaction().expect("a transaction");
    {
        let mut customer = tx
            .prepare("INSERT INTO customers (member_no, name, sort_key, joined_on, created_at, updated_at) VALUES (?1, ?1, x'', '2026-01-01', 0, 0)")
            .expect("an insert");
        for number in 0..5_000 {
            customer.execute([format!("C{number:05}")]).expect("a customer");
        }
        let mut product = tx
            .prepare("INSERT INTO products (sku, name, search_text, created_at) VALUES (?1, ?1, ?1, 0)")
            .expect("an insert");
        for number in 0..1_000 {
            product.execute([format!("P{number:04}")]).expect("a product");
        }
        let mut sale = tx
            .prepare(
                "INSERT INTO sales (sale_no, customer_id, sold_at, sold_on, recorded_at, staff_id, gross_minor, net_minor, source)
                 VALUES (?1, ?2, ?3, ?4, ?3, 1, ?5, ?5, 'import')",
            )
            .expect("an insert");
        let mut line = tx
            .prepare(
                "INSERT INTO sale_lines (sale_id, line_no, product_id, quantity_milli, unit_price_minor, amount_minor)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )
            .expect("an insert");
        for sold in lines.chunk_by(|one, other| one.sale_no == other.sale_no) {
            let head = &sold[0];
            let net: i64 = sold.iter().map(|line| line.quantity * line.unit_price).sum();
            sale.execute(params![head.sale_no, head.customer + 1, head.sold_at, head.sold_on, net]).expect("a sale");
            let id = tx.last_insert_rowid();
            for (place, it) in sold.iter().enumerate() {
                let amount = it.quantity * it.unit_price;
                line.execute(params![id, place as i64 + 1, it.product + 1, it.quantity * 1000, it.unit_price, amount])
                    .expect("a line");
            }
        }
    }
    tx.commit().expect("a commit");
}
