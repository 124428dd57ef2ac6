//! Rows of a CSV, TSV or semicolon file. The state machine is csv-core's; around it stand the limits that a stranger's
//! file needs, the numbering of rows as a spreadsheet shows them (blank lines count), and the refusal of a quote that
//! is never closed, which would otherwise swallow the rest of the file without a word.

use super::Sink;
use super::row::Row;
use super::text::{OTHER_ENCODING, TextReader};
use crate::imports::limits;
use crate::imports::refusal::Refusal;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// Separators that are tried, the likeliest first.
const SEPARATORS: [u8; 4] = *b",\t;|";

/// The separator of a text, judged by its first rows, and whether its first line only says so (`sep=;`).
pub fn detect_separator(head: &str) -> (u8, bool) {
    let first = head.lines().next().unwrap_or("").trim();
    let lower = first.to_ascii_lowercase();
    if let Some(said) = lower.strip_prefix("sep=") {
        match said.as_bytes() {
            [only] => return (*only, true),
            b"" if first.len() == 4 => return (b'\t', true),
            _ => {}
        }
    }
    let mut best = (0, b',');
    for separator in SEPARATORS {
        let widths = widths(head, separator);
        let Some(&heading) = widths.first() else { continue };
        if heading < 2 {
            continue;
        }
        let alike = widths.iter().filter(|width| **width == heading).count();
        // Rows of one width speak louder than many columns: notes are full of commas.
        let score = alike * 1000 / widths.len() * 100 + heading.min(99);
        if score > best.0 {
            best = (score, separator);
        }
    }
    (best.1, false)
}

/// How many cells the first rows have; the last one of the sample may be cut and is left out.
fn widths(head: &str, separator: u8) -> Vec<usize> {
    let mut parser = ReaderBuilder::new().delimiter(separator).build();
    let mut text = vec![0; head.len() + 16];
    let mut ends = vec![0; 1024];
    let mut rest = head.as_bytes();
    let mut widths = Vec::new();
    while widths.len() < 30 {
        let (result, read, _, cells) = parser.read_record(rest, &mut text, &mut ends);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            ReadRecordResult::Record => widths.push(cells),
            _ => break,
        }
    }
    if widths.is_empty() {
        let (_, _, _, cells) = parser.read_record(b"\n", &mut text, &mut ends);
        widths.push(cells);
    }
    widths
}

/// Gives every row that holds anything to `sink`, until it breaks off.
pub(super) fn scan(
    mut text: TextReader,
    separator: u8,
    skip_first_line: bool,
    sink: &mut Sink<'_>,
) -> Result<(), Refusal> {
    let mut records = Records::new(separator);
    let mut row = Row::default();
    let mut piece = String::with_capacity(64 << 10);
    let mut bad = BadRows::default();
    let mut is_first = true;
    loop {
        let is_more = text.next(&mut piece)?;
        records.has_marks = text.has_marks;
        let mut rest = piece.as_bytes();
        loop {
            let is_row = if is_more { records.next(&mut rest, &mut row)? } else { records.last(&mut row)? };
            if !is_row {
                break;
            }
            if std::mem::take(&mut is_first) && skip_first_line {
                continue;
            }
            if text.had_errors || text.has_marks {
                bad.count(&row)?;
            }
            bad.rows += 1;
            if !row.is_empty() && sink(&row, text.position())?.is_break() {
                return Ok(());
            }
        }
        if !is_more {
            return bad.judge();
        }
    }
}

/// Rows in which a byte meant no character, and rows in another encoding. A few are listed; many mean that the encoding is not
/// the file's.
#[derive(Default)]
struct BadRows {
    rows: u64,
    bad: u64,
    others: u64,
}

impl BadRows {
    fn count(&mut self, row: &Row) -> Result<(), Refusal> {
        let (is_bad, is_other) = (row.has_lost_characters(), row.was_other_encoding());
        self.bad += u64::from(is_bad);
        self.others += u64::from(is_other);
        let is_heading = self.rows == 0 && (is_bad || is_other);
        if is_heading || (is_bad && self.bad >= 20 && self.bad * 10 > self.rows) {
            return Err(Refusal::field("encoding", "import.encoding_wrong").with("row", row.number));
        }
        Ok(())
    }

    fn judge(&self) -> Result<(), Refusal> {
        let is_wrong = self.bad * 3 > self.rows || self.others * 2 > self.rows;
        if is_wrong { Err(Refusal::field("encoding", "import.encoding_wrong")) } else { Ok(()) }
    }
}

/// The state between two pieces of text.
struct Records {
    parser: Reader,
    text: Vec<u8>,
    text_end: usize,
    ends: Vec<usize>,
    cells: usize,
    /// Rows before the present one, blank lines included.
    rows: u64,
    /// Line of the file at which the present row began, and whether any of it was read.
    began_at: u64,
    is_inside: bool,
    /// A line ended with CR: an LF that follows belongs to it.
    after_cr: bool,
    /// Some line so far has the mark of another encoding.
    has_marks: bool,
}

impl Records {
    fn new(separator: u8) -> Self {
        Self {
            parser: ReaderBuilder::new().delimiter(separator).build(),
            text: vec![0; 8 << 10],
            text_end: 0,
            ends: vec![0; 256],
            cells: 0,
            rows: 0,
            began_at: 1,
            is_inside: false,
            after_cr: false,
            has_marks: false,
        }
    }

    /// The next whole row out of `rest`, which moves on; `false` when the piece is used up.
    fn next(&mut self, rest: &mut &[u8], row: &mut Row) -> Result<bool, Refusal> {
        if !self.is_inside {
            self.skip_blank_lines(rest);
        }
        while !rest.is_empty() {
            if !self.is_inside {
                self.is_inside = true;
                self.began_at = self.parser.line();
            }
            let (result, read, wrote, cells) = self.parser.read_record(
                rest,
                self.text.get_mut(self.text_end..).unwrap_or_default(),
                self.ends.get_mut(self.cells..).unwrap_or_default(),
            );
            let used = rest.get(..read).unwrap_or_default();
            *rest = rest.get(read..).unwrap_or_default();
            self.text_end += wrote;
            self.cells += cells;
            match result {
                ReadRecordResult::Record => {
                    self.after_cr = used.last() == Some(&b'\r');
                    self.hand_over(row)?;
                    return Ok(true);
                }
                ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
                ReadRecordResult::OutputFull => self.grow_text()?,
                ReadRecordResult::OutputEndsFull => self.grow_ends()?,
            }
            if self.parser.line() - self.began_at > limits::ROW_LINES {
                return Err(Refusal::file("import.quote_open").with("row", self.rows + 1));
            }
        }
        Ok(false)
    }

    /// The row that the end of the file ends, if there is one.
    fn last(&mut self, row: &mut Row) -> Result<bool, Refusal> {
        if !self.is_inside {
            return Ok(false);
        }
        // A line end closes any row, except one that is still inside quotes.
        let mut rest: &[u8] = b"\n";
        if self.next(&mut rest, row)? {
            Ok(true)
        } else {
            Err(Refusal::file("import.quote_open").with("row", self.rows + 1))
        }
    }

    fn skip_blank_lines(&mut self, rest: &mut &[u8]) {
        while let Some((first, others)) = rest.split_first() {
            match first {
                b'\n' if self.after_cr => self.after_cr = false,
                b'\n' => self.rows += 1,
                b'\r' => {
                    self.rows += 1;
                    self.after_cr = true;
                }
                _ => {
                    self.after_cr = false;
                    break;
                }
            }
            *rest = others;
        }
    }

    fn hand_over(&mut self, row: &mut Row) -> Result<(), Refusal> {
        self.rows += 1;
        let bytes = self.text.get(..self.text_end).unwrap_or_default();
        // Cutting valid UTF-8 at ASCII characters leaves valid UTF-8.
        let text = std::str::from_utf8(bytes).map_err(|_| Refusal::file("import.damaged"))?;
        let ends = self.ends.get(..self.cells).unwrap_or_default();
        if self.has_marks {
            row.replace_marked(self.rows, text, ends, OTHER_ENCODING);
        } else {
            row.replace(self.rows, text, ends);
        }
        if self.text_end > limits::CELL_BYTES && row.cells().any(|cell| cell.len() > limits::CELL_BYTES) {
            return Err(Refusal::file("import.cell_too_long").with("row", self.rows));
        }
        self.text_end = 0;
        self.cells = 0;
        self.is_inside = false;
        Ok(())
    }

    fn grow_text(&mut self) -> Result<(), Refusal> {
        if self.text.len() >= limits::ROW_BYTES {
            return Err(Refusal::file("import.row_too_long").with("row", self.rows + 1));
        }
        self.text.resize(self.text.len() * 2, 0);
        Ok(())
    }

    fn grow_ends(&mut self) -> Result<(), Refusal> {
        if self.ends.len() >= limits::COLUMNS {
            return Err(Refusal::file("import.too_many_columns").with("row", self.rows + 1));
        }
        self.ends.resize(self.ends.len() * 2, 0);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::source::TextSource;
    use super::*;
    use std::ops::ControlFlow;

    fn rows_of(text: &str) -> Result<Vec<(u64, Vec<String>)>, Refusal> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, text).unwrap();
        let reader = TextReader::new(TextSource::open(&path.clone().into(), false).unwrap(), None);
        let (separator, is_said) = detect_separator(text);
        let mut rows = Vec::new();
        scan(reader, separator, is_said, &mut |row, _| {
            rows.push((row.number, row.cells().map(str::to_owned).collect()));
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(rows)
    }

    fn numbers(text: &str) -> Vec<u64> {
        rows_of(text).unwrap().into_iter().map(|(number, _)| number).collect()
    }

    #[test]
    fn rows_are_numbered_as_the_spreadsheet_shows_them() {
        assert_eq!(numbers("a,b\n1,2\n3,4"), [1, 2, 3]);
        assert_eq!(numbers("a,b\r\n1,2\r\n\r\n\r\n3,4\r\n"), [1, 2, 5]);
        assert_eq!(numbers("\na,b\n\n1,2\n,\n5,6"), [2, 4, 6], "empty cells make no row, but stand in one");
        assert_eq!(numbers("a,b\r1,2\r\r3,4"), [1, 2, 4]);
        assert_eq!(numbers("a,b\n\"1\n2\",3\n4,5\n"), [1, 2, 3], "a cell of two lines is one row");
    }

    #[test]
    fn the_separator_is_found() {
        assert_eq!(detect_separator("姓名;手机\n张三;1,5\n李四;2,5\n").0, b';');
        assert_eq!(detect_separator("姓名\t备注\n张三\ta,b,c\n").0, b'\t');
        assert_eq!(detect_separator("姓名,备注\n张三,\"a;b;c\"\n").0, b',');
        assert_eq!(detect_separator("a|b|c\n1|2|3\n").0, b'|');
        assert_eq!(detect_separator("sep=;\na;b\n"), (b';', true));
        assert_eq!(detect_separator("手机\n138\n").0, b',');
    }

    #[test]
    fn a_line_that_names_the_separator_is_no_heading() {
        let rows = rows_of("sep=;\r\n姓名;手机\r\n张三;1\r\n").unwrap();
        assert_eq!(rows[0], (2, vec!["姓名".to_owned(), "手机".to_owned()]));
    }

    #[test]
    fn a_quote_that_is_never_closed_is_refused_instead_of_swallowing_rows() {
        let refusal = rows_of("a,b\n1,\"x\n2,y\n3,z\n").unwrap_err();
        assert_eq!((refusal.key.as_ref(), refusal.values["row"].as_str()), ("import.quote_open", "2"));
    }

    #[test]
    fn a_quote_inside_a_word_is_a_character() {
        assert_eq!(rows_of("a,b\n5\" 管,x\n").unwrap()[1].1, ["5\" 管", "x"]);
        assert_eq!(rows_of("a,b\n1,\"他说\"\"好\"\"\"").unwrap()[1].1, ["1", "他说\"好\""]);
    }

    #[test]
    fn one_endless_line_is_refused_early() {
        assert_eq!(rows_of(&"x".repeat(3 << 20)).unwrap_err().key, "import.row_too_long");
        assert_eq!(rows_of(&",".repeat(40_000)).unwrap_err().key, "import.too_many_columns");
        let long = format!("a,b\n1,{}\n", "y".repeat(300 << 10));
        assert_eq!(rows_of(&long).unwrap_err().key, "import.cell_too_long");
    }

    #[test]
    fn a_nul_is_no_text() {
        assert_eq!(rows_of("a,b\n1,\0\n").unwrap_err().key, "import.binary");
    }
}
