//! Rows of cells as CSV, JSON or XLSX, one row after the other, in memory that does not grow with the rows.
//!
//! In CSV a text that a spreadsheet would take for a formula gets one leading apostrophe, which our import takes off
//! again. In XLSX texts are text cells, so that phones and numbers keep their zeros.

use super::cell::Cell;
use super::mask::masked;
use super::separated::Separated;
use crate::api::exports::{ExportEncoding, ExportFormat as Format};
use crate::error::{ApiError, Result};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};
use std::collections::BTreeSet;
use std::io::{Seek, Write};
use std::path::Path;

/// A spreadsheet holds no more rows, the header included.
const XLSX_ROWS: u64 = 1_048_576;

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style<'a> {
    pub format: Format,
    /// Of CSV.
    pub encoding: ExportEncoding,
    /// What tells who somebody is stays covered.
    pub masked: bool,
    /// A file, not standard output: the private folder in which a spreadsheet collects its rows while it grows. It lies
    /// beside the file that a person chose, so that rows of the book lie nowhere else.
    pub beside: Option<&'a Path>,
}

impl<'a> Style<'a> {
    /// A file as it is read by this program and by spreadsheets.
    pub(crate) fn file(format: Format, beside: &'a Path) -> Self {
        Self { format, encoding: ExportEncoding::Utf8, masked: false, beside: Some(beside) }
    }
}

/// Where a list goes.
pub(crate) trait Out: Write + Seek + Send {}
impl<T: Write + Seek + Send> Out for T {}

/// A list on its way out.
pub(crate) struct Sheet<'b, W: Out> {
    form: Form<'b, W>,
    columns: Vec<String>,
    rows: u64,
    masked: bool,
    /// Only rows of these members, where a partner gets the list.
    members: Option<BTreeSet<String>>,
}

enum Form<'b, W: Out> {
    Csv(Separated<W>),
    Json(W),
    Xlsx(Box<Workbook>, W, bool),
    /// One of several in a workbook that is somebody else's.
    Page(&'b mut Worksheet),
}

impl<'b> Sheet<'b, std::io::Empty> {
    /// An empty list on a sheet of a workbook that holds others too.
    pub(crate) fn on(page: &'b mut Worksheet) -> Self {
        Self::begin(Form::Page(page), false)
    }
}

impl<'b, W: Out> Sheet<'b, W> {
    /// An empty list. A CSV file begins with the mark by which Excel knows UTF-8.
    pub(crate) fn new(style: Style, mut out: W) -> Result<Self> {
        let is_file = style.beside.is_some();
        let form = match style.format {
            Format::Csv => {
                if is_file && style.encoding == ExportEncoding::Utf8 {
                    out.write_all("\u{feff}".as_bytes())?;
                }
                Form::Csv(Separated::new(out, style.encoding))
            }
            Format::Json => Form::Json(out),
            Format::Xlsx => {
                let mut book = Workbook::new();
                match style.beside {
                    Some(folder) => {
                        book.set_tempdir(folder).map_err(xlsx_refusal)?;
                        book.add_worksheet_with_constant_memory().map_err(xlsx_refusal)?;
                    }
                    // Standard output has no place of its own: the rows wait in memory.
                    None => {
                        book.add_worksheet();
                    }
                }
                Form::Xlsx(Box::new(book), out, is_file)
            }
        };
        Ok(Self::begin(form, style.masked))
    }

    fn begin(form: Form<'b, W>, masked: bool) -> Self {
        Self { form, columns: vec![], rows: 0, masked, members: None }
    }

    /// Leaves out every row that is not of one of these members; also those of nobody.
    pub(crate) fn only_of(mut self, members: BTreeSet<String>) -> Self {
        self.members = Some(members);
        self
    }

    fn leaves_out(&self, cells: &[Cell<'_>]) -> bool {
        let Some(members) = &self.members else { return false };
        let number = self.columns.iter().zip(cells).find(|(column, _)| *column == "member_no").map(|(_, cell)| cell);
        !matches!(number, Some(Cell::Text(number)) if members.contains(number.as_ref()))
    }

    /// The names of the columns, once, first.
    pub(crate) fn header(&mut self, columns: &[&str]) -> Result<()> {
        self.columns = columns.iter().map(|column| (*column).to_owned()).collect();
        match &mut self.form {
            Form::Csv(list) => list.row(&columns.iter().map(|word| Cell::from(*word)).collect::<Vec<_>>())?,
            Form::Json(out) => out.write_all(b"[")?,
            Form::Xlsx(book, ..) => headings(worksheet(book)?, columns)?,
            Form::Page(page) => headings(page, columns)?,
        }
        Ok(())
    }

    /// As [`Sheet::header`] with headings in the reader's language; the columns keep their own names in JSON, and what
    /// is covered goes by these.
    pub(crate) fn header_as(&mut self, columns: &[&str], headings: &[&str]) -> Result<()> {
        self.header(headings)?;
        self.columns = columns.iter().map(|column| (*column).to_owned()).collect();
        Ok(())
    }

    /// The next row: a cell for each column.
    pub(crate) fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        debug_assert_eq!(cells.len(), self.columns.len(), "a cell for each column");
        if self.leaves_out(cells) {
            return Ok(());
        }
        let is_first = self.rows == 0;
        self.rows += 1;
        let covered: Vec<Cell<'_>>;
        let cells = if self.masked {
            covered =
                self.columns.iter().zip(cells).map(|(column, cell)| masked(&self.columns, column, cell)).collect();
            &covered
        } else {
            cells
        };
        match &mut self.form {
            Form::Csv(list) => Ok(list.row(cells)?),
            Form::Json(out) => {
                out.write_all(if is_first { b"\n{" } else { b",\n{" })?;
                for (position, (column, cell)) in self.columns.iter().zip(cells).enumerate() {
                    if position > 0 {
                        out.write_all(b",")?;
                    }
                    serde_json::to_writer(&mut *out, column)?;
                    out.write_all(b":")?;
                    match cell {
                        Cell::Blank => out.write_all(b"null")?,
                        Cell::Number(number) => write!(out, "{number}")?,
                        Cell::Amount(amount, exponent) => write!(out, "{}", amount.to_plain_text(*exponent))?,
                        Cell::Text(text) => serde_json::to_writer(&mut *out, text)?,
                    }
                }
                Ok(out.write_all(b"}")?)
            }
            Form::Xlsx(book, ..) => cells_into(worksheet(book)?, self.rows, cells),
            Form::Page(page) => cells_into(page, self.rows, cells),
        }
    }

    /// Finishes the list; answers how many rows it has.
    pub(crate) fn finish(self) -> Result<u64> {
        match self.form {
            Form::Csv(list) => list.finish()?,
            Form::Json(mut out) => {
                out.write_all(if self.rows == 0 { b"]\n" } else { b"\n]\n" })?;
                out.flush()?;
            }
            Form::Xlsx(mut book, out, true) => book.save_to_writer(out).map_err(xlsx_refusal)?,
            Form::Xlsx(mut book, mut out, false) => {
                out.write_all(&book.save_to_buffer().map_err(xlsx_refusal)?)?;
                out.flush()?;
            }
            // Whoever began the workbook writes it.
            Form::Page(_) => {}
        }
        Ok(self.rows)
    }
}

/// A decimal text as a spreadsheet keeps numbers: the nearest double, which shows the same two decimals again.
fn as_number(text: &str) -> f64 {
    text.parse().unwrap_or_default()
}

fn worksheet(book: &mut Workbook) -> Result<&mut Worksheet> {
    book.worksheet_from_index(0).map_err(xlsx_refusal)
}

fn headings(sheet: &mut Worksheet, columns: &[&str]) -> Result<()> {
    for (column, name) in (0_u16..).zip(columns) {
        sheet.write_string(0, column, *name).map_err(xlsx_refusal)?;
    }
    Ok(())
}

fn cells_into(sheet: &mut Worksheet, row: u64, cells: &[Cell<'_>]) -> Result<()> {
    if row >= XLSX_ROWS {
        return Err(ApiError::not_now("export.too_many_rows").with("most", XLSX_ROWS - 1));
    }
    let row = u32::try_from(row).map_err(ApiError::internal)?;
    for (column, cell) in (0_u16..).zip(cells) {
        match cell {
            Cell::Blank => continue,
            // Counts and amounts stay below 2^53, so a spreadsheet holds them exactly.
            Cell::Number(number) => sheet.write_number(row, column, *number as f64),
            Cell::Amount(amount, exponent) => {
                sheet.write_number(row, column, as_number(&amount.to_plain_text(*exponent)))
            }
            Cell::Text(text) => sheet.write_string(row, column, text.as_ref()),
        }
        .map_err(xlsx_refusal)?;
    }
    Ok(())
}

pub(crate) fn xlsx_refusal(error: XlsxError) -> ApiError {
    match error {
        XlsxError::IoError(error) => error.into(),
        XlsxError::MaxStringLengthExceeded => ApiError::not_now("export.text_too_long"),
        other => ApiError::internal(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn written(format: Format, is_file: bool) -> Vec<u8> {
        let mut bytes = Cursor::new(vec![]);
        let folder = tempfile::tempdir().unwrap();
        let style = Style { beside: is_file.then_some(folder.path()), ..Style::file(format, folder.path()) };
        let mut sheet = Sheet::new(style, &mut bytes).unwrap();
        sheet.header(&["name", "net_minor"]).unwrap();
        for (name, net) in [("=1+1", Some(-5_i64)), ("王, \"姐\"", None), ("+8613800000000", Some(0))] {
            sheet.row(&[name.into(), net.into()]).unwrap();
        }
        assert_eq!(sheet.finish().unwrap(), 3);
        bytes.into_inner()
    }

    #[test]
    fn a_text_that_looks_like_a_formula_is_guarded_and_a_negative_number_is_not() {
        let text = String::from_utf8(written(Format::Csv, false)).unwrap();
        assert_eq!(text, "name,net_minor\r\n'=1+1,-5\r\n\"王, \"\"姐\"\"\",\r\n'+8613800000000,0\r\n");
    }

    #[test]
    fn only_a_file_begins_with_the_mark_of_utf_8() {
        assert!(written(Format::Csv, true).starts_with(&[0xEF, 0xBB, 0xBF]));
    }

    #[test]
    fn json_is_an_array_of_objects_with_null_for_blank() {
        let rows: serde_json::Value = serde_json::from_slice(&written(Format::Json, true)).unwrap();
        assert_eq!(rows[0], serde_json::json!({ "name": "=1+1", "net_minor": -5 }));
        assert_eq!(rows[1]["net_minor"], serde_json::Value::Null);
    }

    #[test]
    fn a_spreadsheet_keeps_texts_as_texts_and_numbers_as_numbers() {
        use calamine::{Data, Reader};
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(Cursor::new(written(Format::Xlsx, true))).unwrap();
        let rows: Vec<Vec<Data>> = book.worksheet_range_at(0).unwrap().unwrap().rows().map(<[Data]>::to_vec).collect();
        assert_eq!(rows[1], [Data::String("=1+1".into()), Data::Float(-5.0)]);
        assert_eq!(rows[3], [Data::String("+8613800000000".into()), Data::Float(0.0)]);
    }

    #[test]
    fn an_empty_list_is_whole_in_every_form() {
        for format in [Format::Csv, Format::Json, Format::Xlsx] {
            let mut bytes = Cursor::new(vec![]);
            let folder = tempfile::tempdir().unwrap();
            let mut sheet = Sheet::new(Style::file(format, folder.path()), &mut bytes).unwrap();
            sheet.header(&["name"]).unwrap();
            assert_eq!(sheet.finish().unwrap(), 0);
            assert!(!bytes.into_inner().is_empty());
        }
    }

    #[test]
    fn gb18030_loses_no_character() {
        let mut bytes = Cursor::new(vec![]);
        let style = Style { encoding: ExportEncoding::Gb18030, ..Style::file(Format::Csv, Path::new("")) };
        let mut sheet = Sheet::new(style, &mut bytes).unwrap();
        sheet.header(&["姓名"]).unwrap();
        sheet.row(&["䶮𠮷 \"é\", =1".into()]).unwrap();
        sheet.finish().unwrap();
        let (text, _, has_errors) = encoding_rs::GB18030.decode(bytes.get_ref());
        assert!(!has_errors);
        assert_eq!(text, "姓名\r\n\"䶮𠮷 \"\"é\"\", =1\"\r\n");
    }

    #[test]
    fn a_list_for_a_partner_covers_who_somebody_is() {
        let mut bytes = Cursor::new(vec![]);
        let mut sheet =
            Sheet::new(Style { masked: true, ..Style::file(Format::Json, Path::new("")) }, &mut bytes).unwrap();
        sheet.header(&["member_no", "name", "phone", "other_phones", "address", "net_minor"]).unwrap();
        let phones = "13900139000; 13700137000";
        sheet
            .row(&["M1".into(), "尉迟恭".into(), "13800138000".into(), phones.into(), "长安街1号".into(), 5_i64.into()])
            .unwrap();
        sheet.finish().unwrap();
        let rows: serde_json::Value = serde_json::from_slice(bytes.get_ref()).unwrap();
        assert_eq!(rows[0]["name"], "尉**");
        assert_eq!((rows[0]["member_no"].as_str(), rows[0]["net_minor"].as_i64()), (Some("M1"), Some(5)));
        assert_eq!(rows[0]["address"], serde_json::Value::Null);
        let text = String::from_utf8(bytes.into_inner()).unwrap();
        assert!(!text.contains("0013") && text.contains("****8000") && text.contains("****9000"), "{text}");
    }

    #[test]
    fn the_rows_of_a_spreadsheet_wait_in_the_folder_that_was_given_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("not there");
        let refused = Sheet::new(Style::file(Format::Xlsx, &missing), Cursor::new(vec![]));
        assert!(refused.is_err(), "without its folder a spreadsheet is not begun in another one");
        let mut sheet = Sheet::new(Style::file(Format::Xlsx, folder.path()), Cursor::new(vec![])).unwrap();
        sheet.header(&["name"]).unwrap();
        for _ in 0..5_000 {
            sheet.row(&["欧阳静秋".into()]).unwrap();
        }
        sheet.finish().unwrap();
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn a_partner_gets_the_rows_of_those_who_agreed_and_nobody_elses() {
        let mut bytes = Cursor::new(vec![]);
        let sheet = Sheet::new(Style::file(Format::Json, Path::new("")), &mut bytes).unwrap();
        let mut sheet = sheet.only_of(BTreeSet::from(["M1".to_owned()]));
        sheet.header(&["sale_no", "member_no"]).unwrap();
        for member in [Cell::from("M1"), "M2".into(), Cell::Blank] {
            sheet.row(&["S1".into(), member]).unwrap();
        }
        assert_eq!(sheet.finish().unwrap(), 1);
        let rows: serde_json::Value = serde_json::from_slice(bytes.get_ref()).unwrap();
        assert_eq!(rows, serde_json::json!([{ "sale_no": "S1", "member_no": "M1" }]));
    }
}
