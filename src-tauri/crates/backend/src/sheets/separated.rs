//! Rows of cells as comma-separated values (RFC 4180). A list of a whole shop has millions of cells, so each is written
//! once, where it stays until the rows go to the file.

use super::cell::Cell;
use crate::api::exports::ExportEncoding;
use std::io::{Result, Write};

/// So many bytes go to the file together.
const ENOUGH: usize = 1 << 16;

/// A list on its way out.
pub(super) struct Separated<W> {
    out: W,
    encoding: ExportEncoding,
    /// Rows that are not in the file yet.
    rows: Vec<u8>,
}

impl<W: Write> Separated<W> {
    /// A list without rows.
    pub(super) fn new(out: W, encoding: ExportEncoding) -> Self {
        Self { out, encoding, rows: Vec::with_capacity(ENOUGH + ENOUGH / 4) }
    }

    /// The next row.
    pub(super) fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c Cell<'c>>) -> Result<()> {
        let begin = self.rows.len();
        for cell in cells {
            match cell {
                Cell::Blank => {}
                Cell::Number(number) => self.number(*number),
                Cell::Amount(amount, exponent) => {
                    self.rows.extend_from_slice(amount.to_plain_text(*exponent).as_bytes())
                }
                Cell::Text(text) => self.text(text),
            }
            self.rows.push(b',');
        }
        self.rows.pop();
        // A row of one empty cell would be no row at all.
        if self.rows.len() == begin {
            self.rows.extend_from_slice(b"\"\"");
        }
        self.rows.extend_from_slice(b"\r\n");
        if self.rows.len() >= ENOUGH {
            self.out.write_all(&self.rows)?;
            self.rows.clear();
        }
        Ok(())
    }

    /// Everything goes to the file.
    pub(super) fn finish(mut self) -> Result<()> {
        self.out.write_all(&self.rows)?;
        self.out.flush()
    }

    fn number(&mut self, number: i64) {
        let mut digits = [b'0'; 20];
        let (mut rest, mut first) = (number.unsigned_abs(), digits.len());
        for digit in digits.iter_mut().rev() {
            *digit += (rest % 10) as u8;
            (rest, first) = (rest / 10, first - 1);
            if rest == 0 {
                break;
            }
        }
        if number < 0 {
            self.rows.push(b'-');
        }
        self.rows.extend_from_slice(digits.get(first..).unwrap_or_default());
    }

    /// A text that a spreadsheet would take for a formula gets an apostrophe in front.
    fn text(&mut self, text: &str) {
        let guard = if looks_like_formula(text) { "'" } else { "" };
        match self.encoding {
            ExportEncoding::Utf8 => self.field(guard, text.as_bytes()),
            ExportEncoding::Gb18030 => self.field(guard, &encoding_rs::GB18030.encode(text).0),
        }
    }

    /// Both encodings keep commas, quotes and ends of lines apart from every other byte.
    fn field(&mut self, guard: &str, bytes: &[u8]) {
        let must_quote = bytes.iter().fold(false, |must, byte| must | matches!(byte, b',' | b'"' | b'\r' | b'\n'));
        if !must_quote {
            self.rows.extend_from_slice(guard.as_bytes());
            self.rows.extend_from_slice(bytes);
            return;
        }
        self.rows.push(b'"');
        self.rows.extend_from_slice(guard.as_bytes());
        for part in bytes.split_inclusive(|byte| *byte == b'"') {
            self.rows.extend_from_slice(part);
            if part.ends_with(b"\"") {
                self.rows.push(b'"');
            }
        }
        self.rows.push(b'"');
    }
}

/// What a spreadsheet would execute instead of showing it.
fn looks_like_formula(text: &str) -> bool {
    matches!(text.as_bytes().first(), Some(b'=' | b'+' | b'-' | b'@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(rows: &[&[Cell<'_>]], encoding: ExportEncoding) -> Vec<u8> {
        let mut bytes = vec![];
        let mut list = Separated::new(&mut bytes, encoding);
        rows.iter().for_each(|row| list.row(*row).unwrap());
        list.finish().unwrap();
        bytes
    }

    #[test]
    fn every_reader_of_comma_separated_values_gets_the_same_cells_back() {
        let texts = ["", "王", "a,b", "\"", "say \"so\"", "two\r\nlines", "end\n", ",", "'", "1, \"2\", 3"];
        let mut rows: Vec<Vec<String>> = texts.iter().map(|text| vec![(*text).to_owned()]).collect();
        for one in texts {
            rows.extend(texts.map(|other| vec![one.to_owned(), other.to_owned()]));
        }
        for encoding in [ExportEncoding::Utf8, ExportEncoding::Gb18030] {
            let cells: Vec<Vec<Cell<'_>>> =
                rows.iter().map(|row| row.iter().map(|text| text.as_str().into()).collect()).collect();
            let bytes = written(&cells.iter().map(Vec::as_slice).collect::<Vec<_>>(), encoding);
            let text = match encoding {
                ExportEncoding::Utf8 => String::from_utf8(bytes).unwrap(),
                ExportEncoding::Gb18030 => encoding_rs::GB18030.decode(&bytes).0.into_owned(),
            };
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let read: Vec<Vec<String>> =
                reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
            assert_eq!(read, rows);
        }
    }

    #[test]
    fn numbers_stand_as_they_are() {
        for number in [0, 7, -1, 10, 1_234_567_890_123, -99, i64::MAX, i64::MIN] {
            let line = written(&[&[number.into(), Cell::Blank]], ExportEncoding::Utf8);
            assert_eq!(String::from_utf8(line).unwrap(), format!("{number},\r\n"));
        }
    }

    #[test]
    fn a_list_longer_than_what_goes_out_together_is_whole() {
        let row: &[Cell<'_>] = &["尉迟恭".into(), 42_i64.into()];
        let rows = vec![row; 20_000];
        assert_eq!(written(&rows, ExportEncoding::Utf8), "尉迟恭,42\r\n".repeat(20_000).into_bytes());
    }
}
