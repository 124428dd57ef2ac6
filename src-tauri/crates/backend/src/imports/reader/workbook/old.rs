//! XLS of Excel 97–2003 through calamine, which holds the whole workbook in memory and makes a full rectangle of every
//! sheet. So its records are walked first: a workbook whose cells span more than a few million places is refused
//! before the rectangle is asked for, and an encrypted one is said to be encrypted.

use super::super::Sink;
use super::{Rows, date_text, number_text, shown_tables};
use crate::imports::limits;
use crate::imports::refusal::Refusal;
use calamine::{Data, Reader, Xls, XlsError};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// Refuses what calamine must not see.
pub(in super::super) fn check(path: &Path, size: u64) -> Result<(), Refusal> {
    let damaged = |_| Refusal::file("import.damaged");
    let mut container = cfb::open(path).map_err(damaged)?;
    if container.exists("/EncryptedPackage") || container.exists("/EncryptionInfo") {
        return Err(Refusal::file("import.encrypted"));
    }
    let Some(name) = ["/Workbook", "/Book"].into_iter().find(|name| container.exists(name)) else {
        return Err(Refusal::file("import.unknown_kind").with("kind", "Office"));
    };
    if size > limits::XLS_BYTES {
        return Err(Refusal::file("import.too_large"));
    }
    let mut bytes = Vec::new();
    let stream = container.open_stream(name).map_err(damaged)?;
    stream.take(limits::XLS_BYTES).read_to_end(&mut bytes).map_err(damaged)?;
    check_records(&bytes)
}

/// Walks the list of sheets, then each sheet, adding up the places they span.
fn check_records(stream: &[u8]) -> Result<(), Refusal> {
    let mut sheets = Vec::new();
    for (kind, data) in Records(stream) {
        match kind {
            0x002F if word(data, 0) != Some(0) => return Err(Refusal::file("import.encrypted")),
            0x0085 => sheets.extend(long(data, 0)),
            0x000A => break,
            _ => {}
        }
    }
    if sheets.len() > limits::WORKBOOK_SHEETS {
        return Err(Refusal::file("import.too_many_sheets").with("count", sheets.len()));
    }
    let mut places = 0_u64;
    let mut walked = 0_usize;
    for start in sheets {
        let records = stream.get(start as usize..).ok_or_else(|| Refusal::file("import.damaged"))?;
        let mut span = Span::default();
        for (kind, data) in Records(records) {
            walked += data.len() + 4;
            span.add(kind, data);
            // Many list entries may point at the same sheet.
            if walked > 4 * stream.len() + (1 << 20) {
                return Err(Refusal::file("import.damaged"));
            }
            if kind == 0x000A {
                break;
            }
        }
        places = places.saturating_add(span.places());
        if places > limits::XLS_CELLS {
            return Err(Refusal::file("import.too_large_inside"));
        }
    }
    Ok(())
}

/// The records of a stream: kind and data.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (word(self.0, 0)?, word(self.0, 2)?);
        let data = self.0.get(4..4 + usize::from(length))?;
        self.0 = self.0.get(4 + usize::from(length)..)?;
        Some((kind, data))
    }
}

fn word(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2).and_then(|bytes| bytes.try_into().ok()).map(u16::from_le_bytes)
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes)
}

/// The rectangle that the cells of a sheet span, and the one that the sheet claims.
#[derive(Default)]
struct Span {
    rows: Option<(u64, u64)>,
    columns: Option<(u64, u64)>,
    claimed: u64,
}

impl Span {
    fn add(&mut self, kind: u16, data: &[u8]) {
        match kind {
            // Cells: number, label, rich text, boolean, packed number, shared text, formula (three ages of it).
            0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E | 0x00FD | 0x0006 | 0x0206 | 0x0406 => {
                self.include(word(data, 0), word(data, 2));
            }
            // Several packed numbers in one row: first and last column.
            0x00BD => {
                self.include(word(data, 0), word(data, 2));
                self.include(word(data, 0), data.len().checked_sub(2).and_then(|at| word(data, at)));
            }
            0x0200 if data.len() >= 14 => {
                let (first, last) = (long(data, 0).unwrap_or(0), long(data, 4).unwrap_or(0));
                let rows = u64::from(last.saturating_sub(first)) + 1;
                self.claim(rows, word(data, 8), word(data, 10));
            }
            0x0200 => {
                let rows = word(data, 2).unwrap_or(0).saturating_sub(word(data, 0).unwrap_or(0));
                self.claim(u64::from(rows) + 1, word(data, 4), word(data, 6));
            }
            _ => {}
        }
    }

    fn include(&mut self, row: Option<u16>, column: Option<u16>) {
        let widen = |span: &mut Option<(u64, u64)>, at: Option<u16>| {
            let Some(at) = at.map(u64::from) else { return };
            let (first, last) = span.unwrap_or((at, at));
            *span = Some((first.min(at), last.max(at)));
        };
        widen(&mut self.rows, row);
        widen(&mut self.columns, column);
    }

    fn claim(&mut self, rows: u64, first: Option<u16>, last: Option<u16>) {
        let columns = u64::from(last.unwrap_or(0).saturating_sub(first.unwrap_or(0))) + 1;
        self.claimed = self.claimed.max(rows.saturating_mul(columns));
    }

    fn places(&self) -> u64 {
        let length = |span: Option<(u64, u64)>| span.map_or(0, |(first, last)| last - first + 1);
        length(self.rows).saturating_mul(length(self.columns)).max(self.claimed)
    }
}

fn open(path: &Path) -> Result<Xls<BufReader<File>>, Refusal> {
    let (file, _) = super::super::source::open(path)?;
    Xls::new(BufReader::new(file)).map_err(|error| match error {
        XlsError::Password => Refusal::file("import.encrypted"),
        XlsError::Io(error) => Refusal::unreadable(&error),
        _ => Refusal::file("import.damaged"),
    })
}

pub(super) fn sheets(path: &Path) -> Result<Vec<String>, Refusal> {
    Ok(shown_tables(open(path)?.sheets_metadata()))
}

pub(super) fn scan(path: &Path, sheet: &str, sink: &mut Sink<'_>) -> Result<(), Refusal> {
    let mut workbook = open(path)?;
    let range = workbook
        .worksheet_range(sheet)
        .map_err(|_| Refusal::field("sheet", "import.sheet_unknown").with("name", sheet))?;
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    let claimed = range.end().map_or(0, |(row, _)| row + 1);
    let mut rows = Rows::new(claimed, sink);
    for (row, column, value) in range.used_cells() {
        let row = first_row + u32::try_from(row).unwrap_or(u32::MAX - first_row);
        let column = first_column + u32::try_from(column).unwrap_or(u32::MAX - first_column);
        let text = match value {
            Data::Int(number) => number.to_string(),
            Data::Float(number) => number_text(*number),
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
            Data::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
            Data::DateTime(moment) => date_text(moment),
            _ => continue,
        };
        if rows.cell(row, column, &text)?.is_break() {
            return Ok(());
        }
    }
    rows.flush().map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let mut bytes = kind.to_le_bytes().to_vec();
        bytes.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
        bytes.extend(data);
        bytes
    }

    fn number_at(row: u16, column: u16) -> Vec<u8> {
        let mut data = [row.to_le_bytes(), column.to_le_bytes(), [0; 2]].concat();
        data.extend(1.0_f64.to_le_bytes());
        record(0x0203, &data)
    }

    /// A stream with one sheet that holds these cells.
    fn stream(cells: &[(u16, u16)]) -> Vec<u8> {
        let list_bytes = 4 + 8 + 4;
        let mut bytes = record(0x0085, &[u32::to_le_bytes(list_bytes).as_slice(), &[0; 4]].concat());
        bytes.extend(record(0x000A, &[]));
        for (row, column) in cells {
            bytes.extend(number_at(*row, *column));
        }
        bytes.extend(record(0x000A, &[]));
        bytes
    }

    #[test]
    fn a_cell_in_the_far_corner_is_refused_before_its_rectangle_is_asked_for() {
        assert_eq!(check_records(&stream(&[(0, 0), (200, 9)])), Ok(()));
        assert_eq!(check_records(&stream(&[(0, 0), (65_535, 255)])).unwrap_err().key, "import.too_large_inside");
    }

    #[test]
    fn a_claimed_size_counts_like_a_real_one() {
        let mut bytes = stream(&[]);
        let claim = [0_u32.to_le_bytes().as_slice(), &u32::MAX.to_le_bytes(), &[0, 0, 255, 255, 0, 0]].concat();
        let end = bytes.split_off(16);
        bytes.extend(record(0x0200, &claim));
        bytes.extend(end);
        assert_eq!(check_records(&bytes).unwrap_err().key, "import.too_large_inside");
    }

    #[test]
    fn a_password_is_said_to_be_one() {
        assert_eq!(check_records(&record(0x002F, &[1, 0, 0, 0])).unwrap_err().key, "import.encrypted");
    }
}
