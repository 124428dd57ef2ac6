//! Which measurements there are, in which order they run and where their figures go.
//!
//! Every figure is a ratio against a named limit or peer that runs alternately with it on the same data, and carries
//! a check value, so that nothing is fast by being wrong. Figures go to the page that `SHUKEBU_FIGURES` names; a run
//! of some of them replaces only their own rows.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a measurement that cannot be made ends the run"
)]

mod backup;
mod cashback;
mod clocks;
mod complaints;
mod export;
mod figure;
mod file;
mod import;
mod installer;
mod memory;
mod page;
mod peers;
mod people;
mod plain_book;
mod profile;
mod review;
mod sale;
mod search;
mod segments;
mod shop;
mod start;
mod stopwatch;
mod table;
#[cfg(target_os = "linux")]
mod window;
mod workbook;
mod writes;

use figure::Figure;
use shop::{Shop, Size};
use std::process::ExitCode;

/// One measurement: its name on the command line, and what makes its figures.
struct Measurement {
    name: &'static str,
    figures: fn(&Shop) -> Vec<Figure>,
}

/// In the order of the page.
const MEASUREMENTS: &[Measurement] = &[
    Measurement { name: "start", figures: start::figures },
    Measurement { name: "search", figures: search::figures },
    Measurement { name: "profile", figures: profile::figures },
    Measurement { name: "table", figures: table::figures },
    Measurement { name: "sale", figures: sale::figures },
    Measurement { name: "segments", figures: segments::figures },
    Measurement { name: "peers", figures: peers::figures },
    Measurement { name: "review", figures: review::figures },
    Measurement { name: "cashback", figures: cashback::figures },
    Measurement { name: "import", figures: import::figures },
    Measurement { name: "export", figures: export::figures },
    Measurement { name: "backup", figures: backup::figures },
    Measurement { name: "people", figures: people::figures },
    Measurement { name: "complaints", figures: complaints::figures },
    Measurement { name: "memory", figures: memory::figures },
    #[cfg(target_os = "linux")]
    Measurement { name: "window", figures: window::figures },
    Measurement { name: "installer", figures: installer::figures },
];

const USAGE: &str = "bench [NAME …] [--size tiny|typical|large|million|extreme]";

/// Measures what was named, or everything.
pub fn from_the_command_line() -> ExitCode {
    let mut names: Vec<String> = vec![];
    let mut size = Size::Typical;
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            // Cargo says so to every bench.
            "--bench" => {}
            "--size" => match words.next().as_deref().and_then(Size::named) {
                Some(named) => size = named,
                None => return refused("no such size"),
            },
            // What a measurement has done in a process of its own.
            sale::CHILD => return sale::child(words),
            memory::CHILD => return memory::child(words),
            people::CHILD => return people::child(words),
            workbook::CHILD => return workbook::child(words),
            name if MEASUREMENTS.iter().any(|measurement| measurement.name == name) => names.push(word),
            other => return refused(&format!("`{other}` is not measured")),
        }
    }
    let shop = Shop::prepared(size);
    for measurement in MEASUREMENTS {
        if !names.is_empty() && !names.iter().any(|name| name == measurement.name) {
            continue;
        }
        let figures = (measurement.figures)(&shop);
        for figure in &figures {
            println!("{}", figure.line());
        }
        if let Some(path) = std::env::var_os("SHUKEBU_FIGURES") {
            page::replace_rows(path.as_ref(), &shop, &figures);
        }
    }
    ExitCode::SUCCESS
}

fn refused(why: &str) -> ExitCode {
    let names: Vec<&str> = MEASUREMENTS.iter().map(|measurement| measurement.name).collect();
    eprintln!("{why}; {USAGE}\nmeasured are: {}", names.join(", "));
    ExitCode::FAILURE
}

/// Every measurement once, on a shop that is there in a moment: they run, and their check values hold.
#[cfg(test)]
#[test]
fn every_figure_can_be_measured() {
    let shop = Shop::prepared(Size::Tiny);
    for measurement in MEASUREMENTS {
        for figure in (measurement.figures)(&shop) {
            assert!(figure.is_right, "{}: {}", figure.key, figure.check);
        }
    }
}
