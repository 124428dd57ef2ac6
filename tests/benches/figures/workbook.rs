//! Importing the log of a cash desk out of a workbook: against its cells read by the library alone and bare inserts of the
//! rows, and what the program and its reader take of memory meanwhile.

use super::figure::Figure;
use super::import::{self, Line};
use super::memory::proportional;
use super::stopwatch::{self, Laps};
use super::{plain_book, shop};
use calamine::{Data, Reader, Xlsx, open_workbook};
use chrono_tz::Asia::Shanghai;
use rust_xlsxwriter::Workbook;
use serde_json::json;
use shukebu_backend::imports;
use shukebu_backend::jobs::Progress;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The argument by which a process of its own only imports a workbook.
pub const CHILD: &str = "--only-import";

const HEADINGS: [&str; 7] =
    ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "Customer ID"];

/// Time against the peers, and memory over a program that does nothing.
pub fn figures(shop: &shop::Shop, lines: &[Line], folder: &Path) -> Vec<Figure> {
    let log = folder.join("log.xlsx");
    write(lines, &log);
    let (mut ours, mut bare) = (Laps::default(), Laps::default());
    let mut is_right = true;
    for _ in 0..shop.size.rounds(7) {
        let app = import::new_book(folder);
        let run = serde_json::from_value(json!({ "file": log, "kind": "sales" })).expect("BUG: an import");
        let report = ours.time(|| imports::import(&app, run, &Progress::default()).expect("the log can be imported"));
        app.close_book();
        let net_of_import = import::net(folder);
        import::new_book(folder).close_book();
        let mut book = plain_book::open(&folder.join("new.shukebu"));
        let cells = bare.time(|| {
            let cells = cells(&log);
            import::insert(&mut book, lines);
            cells
        });
        is_right &= cells == (lines.len() + 1) * HEADINGS.len() && report.created == lines.len() as u64;
        is_right &= net_of_import == plain_book::number(&book, "SELECT sum(net_minor) FROM sales");
    }
    let mut figures = vec![
        Figure::at_most("import.xlsx", 1.5, "≤ 1.5×", stopwatch::ratio(ours.median(), bare.median()))
            .measured(format!("an XLSX log of {} rows into a new book", lines.len()), ours.text())
            .against(format!("{}, its cells read by the library alone and bare inserts of the rows", bare.text()))
            .checked(is_right, "the same net"),
    ];
    if let Some((idle, most)) = process(shop, &log, folder) {
        let over = most.saturating_sub(idle) as f64 / 1024.0;
        figures.push(
            Figure::at_most("import.memory", 1.0, "≤ 64 MB", over / 64.0)
                .measured("the program and its reader over the idle program", format!("{over:.0} MB"))
                .against("64 MB")
                .checked(true, format!("{idle} kB idle, at most {most} kB")),
        );
    }
    figures
}

fn write(lines: &[Line], path: &Path) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0_u16..).zip(HEADINGS) {
        sheet.write_string(0, column, heading).expect("a heading");
    }
    for (row, line) in (1_u32..).zip(lines) {
        let at = shukebu_domain::time::Timestamp::from_millis(line.sold_at).utc().with_timezone(&Shanghai);
        let texts = [
            (0, line.sale_no.clone()),
            (1, format!("P{:04}", line.product)),
            (2, format!("商品 {}", line.product)),
            (4, at.format("%Y-%m-%d %H:%M:%S").to_string()),
            (6, format!("C{:05}", line.customer)),
        ];
        for (column, text) in texts {
            sheet.write_string(row, column, text).expect("a text");
        }
        sheet.write_number(row, 3, line.quantity as f64).expect("a number");
        sheet.write_number(row, 5, line.unit_price as f64 / 100.0).expect("a number");
    }
    book.save(path).expect("a workbook");
}

/// How many cells the library reads.
fn cells(path: &Path) -> usize {
    let mut book: Xlsx<_> = open_workbook(path).expect("a workbook");
    let range = book.worksheet_range_at(0).expect("a sheet").expect("a sheet");
    range.rows().flatten().filter(|cell| !matches!(cell, Data::Empty)).count()
}

/// Proportional memory in kB before an import, and the most that both processes take during it.
fn process(shop: &shop::Shop, log: &Path, folder: &Path) -> Option<(u64, u64)> {
    // The test that runs everything once has another program around it.
    if shop.size == shop::Size::Tiny {
        return None;
    }
    let output = Command::new(std::env::current_exe().ok()?).arg(CHILD).arg(log).arg(folder).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let (idle, most) = text.trim().split_once(' ')?;
    Some((idle.parse().ok()?, most.parse().ok()?))
}

/// Imports a workbook into a new book and prints the memory before, and the most meanwhile.
pub fn child(mut words: impl Iterator<Item = String>) -> ExitCode {
    let log = words.next().expect("a workbook");
    let folder = PathBuf::from(words.next().expect("a folder"));
    let app = import::new_book(&folder);
    let idle = proportional("self");
    let is_done = AtomicBool::new(false);
    let most = std::thread::scope(|threads| {
        let watching = threads.spawn(|| {
            let mut most = 0;
            while !is_done.load(Ordering::Relaxed) {
                let reader: u64 = children().iter().filter_map(|child| proportional(child)).sum();
                most = most.max(proportional("self").unwrap_or(0) + reader);
                std::thread::sleep(Duration::from_millis(5));
            }
            most
        });
        let run = serde_json::from_value(json!({ "file": log, "kind": "sales" })).expect("BUG: an import");
        imports::import(&app, run, &Progress::default()).expect("the log can be imported");
        is_done.store(true, Ordering::Relaxed);
        watching.join().expect("a watch")
    });
    app.close_book();
    match idle {
        Some(idle) => {
            println!("{idle} {most}");
            ExitCode::SUCCESS
        }
        None => ExitCode::FAILURE,
    }
}

/// The processes that this one has started; only Linux tells.
fn children() -> Vec<String> {
    let own = std::process::id().to_string();
    let is_own = |process: &String| {
        let told = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        told.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1)) == Some(&own)
    };
    let names = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let processes = names.filter_map(|entry| entry.file_name().into_string().ok());
    processes.filter(|name| name.bytes().all(|byte| byte.is_ascii_digit())).filter(is_own).collect()
}
