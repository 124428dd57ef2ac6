//! Rows of a workbook: XLSX, XLS or ODS. A container is checked before anybody parses it; a sheet is read cell by
//! cell and handed on row by row, so that a cell in the far corner costs nothing.

mod container;
mod ods;
mod old;
#[cfg(test)]
mod tests;
mod xlsx;

use super::row::Row;
use super::source::Position;
use super::{Format, Sink};
use crate::imports::limits;
use crate::imports::refusal::Refusal;
use calamine::{SheetType, SheetVisible};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

pub(super) use container::format as container_format;
pub(super) use old::check as check_old;

/// The visible sheets in their order.
pub(super) fn sheets(path: &Path, format: Format) -> Result<Vec<String>, Refusal> {
    let names = guarded(|| match format {
        Format::Xls => old::sheets(path),
        Format::Ods => ods::sheets(path),
        _ => xlsx::sheets(path),
    })?;
    match names.len() {
        0 => Err(Refusal::file("import.no_sheet")),
        many if many > limits::WORKBOOK_SHEETS => Err(Refusal::file("import.too_many_sheets").with("count", many)),
        _ => Ok(names),
    }
}

/// The sheets that hold a table and are shown, of what calamine says of a workbook.
fn shown_tables(sheets: &[calamine::Sheet]) -> Vec<String> {
    let is_shown =
        |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    sheets.iter().filter(is_shown).map(|sheet| sheet.name.clone()).collect()
}

/// Gives every row that holds anything to `sink`.
pub(super) fn scan(path: &Path, format: Format, sheet: &str, sink: &mut Sink<'_>) -> Result<(), Refusal> {
    guarded(|| match format {
        Format::Xls => old::scan(path, sheet, sink),
        Format::Ods => ods::scan(path, sheet, sink),
        _ => xlsx::scan(path, sheet, sink),
    })
}

/// A library that stumbles over a hostile file shall not take the program with it.
fn guarded<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Refusal::file("import.damaged")))
}

/// Cells become rows: cells arrive in the order of the file, rows leave when the next one begins.
struct Rows<'a, 'b> {
    row: Row,
    /// 0-based index of the present row.
    index: Option<u32>,
    /// Rows that the sheet claims to have; for progress only.
    claimed: u32,
    sink: &'a mut Sink<'b>,
}

impl<'a, 'b> Rows<'a, 'b> {
    fn new(claimed: u32, sink: &'a mut Sink<'b>) -> Self {
        Self { row: Row::default(), index: None, claimed, sink }
    }

    /// Adds a cell at 0-based `(row, column)`.
    fn cell(&mut self, row: u32, column: u32, text: &str) -> Result<ControlFlow<()>, Refusal> {
        if text.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        if column as usize >= limits::COLUMNS {
            return Err(Refusal::file("import.too_many_columns").with("row", u64::from(row) + 1));
        }
        if text.len() > limits::CELL_BYTES || self.row.text_bytes() + text.len() > limits::ROW_BYTES * 4 {
            return Err(Refusal::file("import.cell_too_long").with("row", u64::from(row) + 1));
        }
        if self.index != Some(row) {
            // A row that comes back after a later one would be cut in two.
            if self.index.is_some_and(|index| row < index) {
                return Err(Refusal::file("import.damaged"));
            }
            if self.flush()?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
            self.index = Some(row);
            self.row.start(u64::from(row) + 1);
        }
        let column = column as usize;
        if column < self.row.len() {
            return Err(Refusal::file("import.damaged"));
        }
        self.row.pad_to(column);
        self.row.push(text);
        Ok(ControlFlow::Continue(()))
    }

    /// Hands the last row over.
    fn flush(&mut self) -> Result<ControlFlow<()>, Refusal> {
        let Some(index) = self.index.take() else { return Ok(ControlFlow::Continue(())) };
        if self.row.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        let done = u64::from(index) + 1;
        (self.sink)(&self.row, Position { done, total: u64::from(self.claimed).max(done) })
    }
}

/// A number as a person would have typed it: at most 15 digits, as spreadsheets show, and never an exponent.
fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:.0}");
    }
    // Fifteen digits take away what binary fractions add: 0.30000000000000004 is 0.3.
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    let text = rounded.to_string();
    if text.len() > 40 { format!("{number:e}") } else { text }
}

/// A day or moment as ISO text: `2024-03-05`, `2024-03-05 08:26:00`, or `08:26:00` for a time alone.
fn date_text(moment: &calamine::ExcelDateTime) -> String {
    if moment.is_duration() {
        return number_text(moment.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if moment.as_f64().abs() < 1.0 {
        time
    } else if moment.as_f64().fract() == 0.0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {time}")
    }
}
