//! Memory: of the search by customer, and of a process that has the book open and does nothing.

use super::figure::{Figure, Held};
use super::plain_book;
use super::shop::{Shop, open};
use shukebu_backend::search::{Rank, SearchIndex};
use shukebu_domain::ids::CustomerId;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// The argument by which a process of its own only opens a book.
pub const CHILD: &str = "--only-open";

/// Bytes a customer, and what an open book adds to an idle process.
pub fn figures(shop: &Shop) -> Vec<Figure> {
    let book = plain_book::open(shop.book());
    let mut statement =
        book.prepare("SELECT customer_id, text FROM customer_search ORDER BY customer_id").expect("search lines");
    let rows = statement.query_map([], |row| Ok((CustomerId(row.get(0)?), row.get::<_, String>(1)?, Rank::default())));
    let index = SearchIndex::load(rows.expect("search lines").map(|row| row.expect("a line")));
    let people = index.len().max(1);
    let each = index.memory() as f64 / people as f64;
    let is_right = i64::try_from(people).is_ok_and(|people| people == shop.customers());
    let mut figures = vec![
        Figure::at_most("memory.search", 1.0, "≤ 1×", each / 34.0)
            .measured("the search by customer", format!("{each:.0} B ({} kB in all)", index.memory() / 1000))
            .against("34 B, the text of a customer alone")
            .checked(is_right, format!("{people} customers")),
    ];
    if let Some((empty, opened)) = process(shop) {
        figures.push(
            Figure::plain("memory.process", "—", Held::Untold)
                .measured("an idle process with the book open", format!("{opened} kB"))
                .against(format!("{empty} kB without a book")),
        );
    }
    figures
}

/// Proportional memory in kB without a book and with this one.
fn process(shop: &Shop) -> Option<(u64, u64)> {
    // The test that runs everything once has another program around it.
    if shop.size == super::shop::Size::Tiny {
        return None;
    }
    let copy = shop.copied();
    let output = Command::new(std::env::current_exe().ok()?).arg(CHILD).arg(copy.book()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let (empty, opened) = text.trim().split_once(' ')?;
    Some((empty.parse().ok()?, opened.parse().ok()?))
}

/// Opens a book and prints the memory before and after.
pub fn child(mut words: impl Iterator<Item = String>) -> ExitCode {
    let book = PathBuf::from(words.next().expect("a book"));
    let before = proportional("self");
    let (app, _clock) = open(&book, book.parent().expect("BUG: the book lies in a folder"));
    let after = proportional("self");
    app.close_book();
    match before.zip(after) {
        Some((before, after)) => {
            println!("{before} {after}");
            ExitCode::SUCCESS
        }
        None => ExitCode::FAILURE,
    }
}

/// Memory of a process in kB, shared pages counted by share; only Linux tells.
pub fn proportional(process: &str) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    let line = text.lines().find(|line| line.starts_with("Pss:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
