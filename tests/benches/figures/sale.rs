//! Recording a sale: points of the ladder, tier, class, figures, audit and search, durable when the call returns.
//! Against an append of the same pages with one flush, which is the least that a durable sale could cost.

use super::figure::{Figure, Held};
use super::file::{self, Appended};
use super::shop::{CopiedBook, OpenShop, Shop};
use super::stopwatch::{self, shown};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// The argument by which a process of its own only records sales.
pub const CHILD: &str = "--only-record-sales";

/// A page in the log: its head and itself.
const LOGGED_PAGE: usize = 24 + 4096;
/// Sales by which pages and flushes are counted.
const COUNTED: usize = 50;

/// Wall and processor time, pages and flushes of a sale at the counter.
pub fn figures(shop: &Shop) -> Vec<Figure> {
    let open = shop.opened();
    let customers = shop.some_customers(400);
    let net_before = net(&open);
    let before = log_bytes(&open);
    let mut sum = (0..COUNTED).map(|round| record(&open, customers[round])).sum::<i64>();
    let pages = log_bytes(&open).saturating_sub(before) as f64 / (LOGGED_PAGE * COUNTED) as f64;

    let rounds = shop.size.rounds(300);
    let block = (pages.round() as usize).max(1) * LOGGED_PAGE;
    let mut appended = Appended::new(&open.folder().join("appended"), block);
    let (ours, peer) =
        stopwatch::by_turns(rounds, |round| sum += record(&open, customers[COUNTED + round]), |_| appended.append());
    let is_right = net(&open) - net_before == sum;
    let check = format!("{} sales add up", COUNTED + rounds);
    let cpu_limit = Duration::from_secs_f64((150.0 + 25.0 * pages) / 1e6);
    let cpu = ours.cpu().unwrap_or_default();
    let mut figures = vec![
        Figure::at_most("sale.wall", 1.6, "≤ 1.6×", stopwatch::ratio(ours.median(), peer.median()))
            .measured("sale_create with two lines, receipt included", ours.text())
            .against(format!("{}, append of {block} B and a flush", peer.text()))
            .checked(is_right, check),
        Figure::at_most("sale.cpu", 1.0, "≤ 1×", stopwatch::ratio(cpu, cpu_limit))
            .measured("processor time of a sale", shown(cpu))
            .against(format!("{}, 150 µs and 25 µs a page", shown(cpu_limit))),
        Figure::plain("sale.pages", "≤ 12", if pages <= 12.0 { Held::Yes } else { Held::No })
            .measured("pages written to the log", format!("{pages:.1}"))
            .against("12 pages"),
    ];
    figures.push(long_history(shop));
    figures.push(match flushes(shop) {
        Some(flushes) => {
            Figure::plain("sale.flushes", "1", if (flushes - 1.0).abs() < 0.001 { Held::Yes } else { Held::No })
                .measured(format!("flushes a sale, counted over {COUNTED}"), format!("{flushes:.2}"))
                .against("1 flush")
        }
        None => Figure::plain("sale.flushes", "1", Held::Untold)
            .measured("flushes a sale", "not counted: no strace here")
            .against("1 flush"),
    });
    figures
}

/// A sale of a customer who has bought thousands of times in some years, against one of somebody who has bought a few times.
fn long_history(shop: &Shop) -> Figure {
    let open = shop.opened();
    let rounds = shop.size.rounds(60);
    let few = shop.some_customers(2 * rounds);
    let old = few[0];
    let sales = shop.size.rounds(5_000);
    for _ in 0..sales {
        open.clock.advance_seconds(8 * 3_600);
        record(&open, old);
    }
    let (ours, peer) = stopwatch::by_turns(rounds, |_| record(&open, old), |round| record(&open, few[rounds + round]));
    let ratio = stopwatch::ratio(ours.cpu().unwrap_or_default(), peer.cpu().unwrap_or_default());
    Figure::at_most("sale.history", 1.5, "≤ 1.5×", ratio)
        .measured(format!("a sale of a customer with {sales} sales behind it, processor time counted"), ours.text())
        .against(format!("{}, a sale of anybody", peer.text()))
}

/// Records a sale a second later; answers its net.
fn record(open: &OpenShop, customer: i64) -> i64 {
    open.clock.advance_seconds(1);
    let lines = json!([{ "product_id": customer % 9 + 1, "quantity": "1" }, { "product_id": customer % 7 + 10, "quantity": "2" }]);
    let receipt = open.read("sale_create", &json!({ "customer_id": customer, "lines": lines, "payment": "微信" }));
    receipt["sale"]["row"]["net_minor"].as_i64().expect("a sale has a net")
}

fn net(open: &OpenShop) -> i64 {
    let info: Value = open.read("book_info", &json!({}));
    info["totals"]["net_minor"].as_i64().expect("a book has a net")
}

/// Bytes of the log beside the book.
fn log_bytes(open: &OpenShop) -> usize {
    let mut log = open.book().into_os_string();
    log.push("-wal");
    std::fs::metadata(log).map_or(0, |file| usize::try_from(file.len()).unwrap_or(0))
}

/// Flushes of a sale: those of a process that records twice as many, less those of one that records some. What opening
/// and closing flush is in both; the log is folded into the book at neither.
fn flushes(shop: &Shop) -> Option<f64> {
    let some = flushes_of(shop, COUNTED)?;
    let twice = flushes_of(shop, 2 * COUNTED)?;
    Some((twice - some) as f64 / COUNTED as f64)
}

fn flushes_of(shop: &Shop, sales: usize) -> Option<i64> {
    // The test that runs everything once has another program around it.
    if shop.size == super::shop::Size::Tiny {
        return None;
    }
    let copy = shop.copied();
    file::flushes_of(CHILD, &[copy.book().display().to_string(), sales.to_string(), shop.customers().to_string()])
}

/// Records so many sales in a book that lies there, and ends.
pub fn child(mut words: impl Iterator<Item = String>) -> ExitCode {
    let book = PathBuf::from(words.next().expect("a book"));
    let sales: usize = words.next().and_then(|word| word.parse().ok()).expect("a number of sales");
    let customers: usize = words.next().and_then(|word| word.parse().ok()).expect("a number of customers");
    let open = CopiedBook::of(&book).opened();
    for round in 0..sales {
        let customer = round * 7919 % customers + 1;
        record(&open, i64::try_from(customer).expect("BUG: a customer is a small number"));
    }
    open.app.close_book();
    ExitCode::SUCCESS
}
