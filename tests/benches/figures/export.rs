//! Exporting all sales with their lines: read, decode, write, sync. Against the same writers fed with the same cells from
//! memory.

use super::figure::Figure;
use super::file;
use super::shop::Shop;
use super::stopwatch::{self, Laps};
use rust_xlsxwriter::Workbook;
use shukebu_backend::exports::{self, Destination, Export, Format, Kind};
use std::fs::File;
use std::path::Path;

/// CSV and XLSX.
pub fn figures(shop: &Shop) -> Vec<Figure> {
    let open = shop.opened();
    let folder = file::temporary_folder();
    let (ours, bare) = (folder.path().join("ours"), folder.path().join("bare"));
    let run = |format: Format| {
        let export = Export { format: Some(format), ..Export::of(Kind::Sales) };
        exports::run(&open.app, export, Destination::File(ours.clone())).expect("an export")
    };
    let rows = run(Format::Csv);
    let cells = cells(&ours);
    let is_whole = cells.len() as u64 == rows + 1;
    let rounds = shop.size.rounds(7);
    let (our_csv, bare_csv) = stopwatch::by_turns(rounds, |_| run(Format::Csv), |_| write_csv(&bare, &cells));
    let is_same = self::cells(&ours) == self::cells(&bare);
    // A sheet holds no more rows, and one of this size says enough.
    let sheet = &cells[..cells.len().min(1_000_000)];
    let mut figures = vec![figure("export.csv", 1.5, "≤ 1.5×", rows, &our_csv, &bare_csv, is_whole && is_same)];
    if sheet.len() == cells.len() {
        let (our_xlsx, bare_xlsx) = stopwatch::by_turns(rounds, |_| run(Format::Xlsx), |_| write_xlsx(&bare, sheet));
        figures.push(figure("export.xlsx", 1.2, "≤ 1.2×", rows, &our_xlsx, &bare_xlsx, true));
    }
    figures
}

fn figure(
    key: &'static str,
    most: f64,
    target: &'static str,
    rows: u64,
    ours: &Laps,
    bare: &Laps,
    is_right: bool,
) -> Figure {
    Figure::at_most(key, most, target, stopwatch::ratio(ours.median(), bare.median()))
        .measured(format!("all sales with their lines, {rows} rows, into a file"), ours.text())
        .against(format!("{}, the bare writer with the same cells from memory", bare.text()))
        .checked(is_right, format!("{rows} rows"))
}

fn cells(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).expect("a file");
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

fn write_csv(path: &Path, rows: &[Vec<String>]) {
    let mut writer = csv::WriterBuilder::new().from_path(path).expect("a file");
    rows.iter().for_each(|row| writer.write_record(row).expect("a row"));
    writer.flush().expect("a file");
    drop(writer);
    File::options().write(true).open(path).expect("a file").sync_all().expect("a disk");
}

fn write_xlsx(path: &Path, rows: &[Vec<String>]) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().expect("a sheet");
    for (place, row) in (0_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(row).filter(|(_, text)| !text.is_empty()) {
            match text.parse::<i32>() {
                Ok(number) => sheet.write_number(place, column, number),
                Err(_) => sheet.write_string(place, column, text),
            }
            .expect("a cell");
        }
    }
    book.save(path).expect("a file");
    File::options().write(true).open(path).expect("a file").sync_all().expect("a disk");
}
