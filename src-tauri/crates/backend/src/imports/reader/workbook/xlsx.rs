//! XLSX through calamine's cell reader. Dates come out as ISO text, numbers as they were typed; a formula gives its
//! last value and is never run.

use super::super::Sink;
use super::{Rows, number_text, shown_tables};
use crate::imports::refusal::Refusal;
use calamine::{DataRef, Reader, Xlsx, XlsxError};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// Excel's own limit. The claim of a sheet serves the progress bar only.
const MAX_ROWS: u32 = 1_048_576;

fn open(path: &Path) -> Result<Xlsx<BufReader<File>>, Refusal> {
    let (file, _) = super::super::source::open(path)?;
    Xlsx::new(BufReader::with_capacity(32 << 10, file)).map_err(|error| refusal(&error))
}

fn refusal(error: &XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::file("import.encrypted"),
        XlsxError::WorksheetNotFound(_) | XlsxError::NotAWorksheet(_) => {
            Refusal::field("sheet", "import.sheet_unknown")
        }
        XlsxError::Io(error) => Refusal::unreadable(error),
        _ => Refusal::file("import.damaged"),
    }
}

pub(super) fn sheets(path: &Path) -> Result<Vec<String>, Refusal> {
    Ok(shown_tables(open(path)?.sheets_metadata()))
}

pub(super) fn scan(path: &Path, sheet: &str, sink: &mut Sink<'_>) -> Result<(), Refusal> {
    let mut workbook = open(path)?;
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|error| refusal(&error))?;
    let claimed = cells.dimensions().end.0.saturating_add(1).min(MAX_ROWS);
    let mut rows = Rows::new(claimed, sink);
    let mut text = String::new();
    while let Some(cell) = cells.next_cell().map_err(|error| refusal(&error))? {
        let (row, column) = cell.get_position();
        text.clear();
        cell_text(cell.get_value(), &mut text);
        if rows.cell(row, column, &text)?.is_break() {
            return Ok(());
        }
    }
    rows.flush().map(|_| ())
}

fn cell_text(value: &DataRef<'_>, out: &mut String) {
    match value {
        DataRef::Int(number) => out.push_str(&number.to_string()),
        DataRef::Float(number) => out.push_str(&number_text(*number)),
        DataRef::String(text) => out.push_str(text),
        DataRef::SharedString(text) => out.push_str(text),
        DataRef::Bool(yes) => out.push_str(if *yes { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(moment) => out.push_str(&super::date_text(moment)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => out.push_str(text),
        // #N/A and its like say that there is nothing.
        DataRef::Error(_) | DataRef::Empty => {}
    }
}
