//! Opens a stranger's file by what is in it, never by its name, and hands out its rows as text.
//!
//! A file is looked at once ([`OpenFile::open`]) and may be scanned many times: for the preview, to judge a column,
//! to import. A scan holds one row at a time. Every limit of `limits` is kept while reading, so a hostile file is
//! refused before it has taken memory or time.

mod delimited;
pub mod encoding;
mod row;
mod sniff;
mod source;
mod text;
mod workbook;

pub use row::{Row, column_letters};
pub use source::{Position, Source};

use crate::imports::limits;
use crate::imports::refusal::Refusal;
use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use std::path::Path;

/// What a person says about a file because the program's guess was wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadOptions {
    /// Name of the encoding of a text file.
    pub encoding: Option<String>,
    /// Name of the sheet of a workbook.
    pub sheet: Option<String>,
}

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text with separators.
    Csv,
    /// Workbook of Excel 2007 and later, WPS, LibreOffice.
    Xlsx,
    /// Workbook of Excel 97–2003.
    Xls,
    /// Workbook of LibreOffice.
    Ods,
    /// Contacts of a phone.
    Vcard,
}

impl Format {
    /// The name that the preview shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Vcard => "vcard",
        }
    }
}

/// What receives the rows of a scan; it may break off.
pub type Sink<'a> = dyn FnMut(&Row, Position) -> Result<ControlFlow<()>, Refusal> + 'a;

/// A file whose kind is known.
#[derive(Debug, Clone)]
pub struct OpenFile {
    source: Source,
    /// What kind of file it is.
    pub format: Format,
    /// Whether it is packed with gzip.
    pub is_gzip: bool,
    /// Bytes on the disk.
    pub size: u64,
    /// Encoding of a text; `None` for a workbook, and for a text that is plain ASCII as far as was looked.
    pub encoding: Option<&'static Encoding>,
    /// Separator of a text.
    pub separator: u8,
    /// Whether the first line only names the separator.
    names_separator: bool,
    /// Sheets of a workbook, in its order.
    pub sheets: Vec<String>,
    /// The sheet that is read.
    pub sheet: Option<String>,
}

impl OpenFile {
    /// Finds out what the file is.
    ///
    /// # Errors
    /// A missing, empty, unreadable, encrypted or unknown file; an encoding or a sheet that does not exist.
    pub fn open(source: &Source, options: &ReadOptions) -> Result<Self, Refusal> {
        sniff::look(source, options)
    }

    /// Gives every row that holds anything to `sink`, the heading included, until it breaks off.
    ///
    /// # Errors
    /// Whatever the file or the sink refuses.
    pub fn scan(&self, sink: &mut Sink<'_>) -> Result<(), Refusal> {
        match self.format {
            Format::Csv => {
                let text = text::TextReader::new(source::TextSource::open(&self.source, self.is_gzip)?, self.encoding);
                delimited::scan(text, self.separator, self.names_separator, sink)
            }
            Format::Xlsx | Format::Xls | Format::Ods => {
                let sheet = self.sheet.as_deref().unwrap_or_default();
                workbook::scan(self.source.path().unwrap_or(Path::new("")), self.format, sheet, sink)
            }
            Format::Vcard => Err(Refusal::field("kind", "import.contacts_not_table")),
        }
    }

    /// The first rows that hold anything, the heading included, and how many rows the file has by estimate.
    ///
    /// # Errors
    /// Whatever the file refuses.
    pub fn first_rows(&self, count: usize) -> Result<(Vec<Row>, u64), Refusal> {
        // A sheet says how many rows it has. A text is read in pieces, so its first rows tell little.
        let enough = if self.format == Format::Csv { 20_000 } else { count as u64 };
        let mut rows = Vec::with_capacity(count);
        let mut seen = 0;
        let mut estimate = None;
        self.scan(&mut |row, position| {
            if rows.len() < count {
                rows.push(row.clone());
            }
            seen += 1;
            if seen < enough {
                return Ok(ControlFlow::Continue(()));
            }
            estimate = position.estimate_rows(seen);
            Ok(ControlFlow::Break(()))
        })?;
        if rows.is_empty() {
            return Err(Refusal::file("import.empty"));
        }
        Ok((rows, estimate.unwrap_or(seen)))
    }

    /// The whole text of a small text file, such as phone contacts.
    ///
    /// # Errors
    /// Whatever the file refuses, and `import.too_large` for one that is not small.
    pub fn whole_text(&self) -> Result<String, Refusal> {
        let mut reader = text::TextReader::new(source::TextSource::open(&self.source, self.is_gzip)?, self.encoding);
        let mut whole = String::new();
        let mut piece = String::new();
        while reader.next(&mut piece)? {
            whole.push_str(&piece);
            if whole.len() as u64 > limits::VCARD_BYTES {
                return Err(Refusal::file("import.too_large"));
            }
        }
        if reader.has_marks {
            whole.retain(|ch| ch != text::OTHER_ENCODING);
        }
        if reader.had_errors && whole.matches('\u{FFFD}').count() * 50 > whole.chars().count() {
            return Err(Refusal::field("encoding", "import.encoding_wrong"));
        }
        Ok(whole)
    }

    /// Whether it was pasted: then it may have no headings.
    pub fn is_pasted(&self) -> bool {
        self.source.is_pasted()
    }
}
