//! Every list of the shop in one file: a workbook with a sheet for each, or an archive with a CSV for each. For people who want
//! to read and count; the book itself moves as one JSON.

use super::{Export, Kind, LISTS};
use crate::app::Moment;
use crate::error::{ApiError, Result};
use crate::sheets::{Out, Sheet, Style, xlsx_refusal};
use rusqlite::Transaction;
use rust_xlsxwriter::Workbook;
use std::io::{Cursor, Seek, SeekFrom, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A sheet for each list. Answers how many rows there are in all of them.
pub(super) fn workbook(
    tx: &Transaction,
    moment: &Moment,
    export: &Export,
    beside: Option<&Path>,
    mut out: impl Out,
) -> Result<u64> {
    let mut book = Workbook::new();
    if let Some(folder) = beside {
        book.set_tempdir(folder).map_err(xlsx_refusal)?;
    }
    let mut rows = 0;
    for kind in LISTS {
        let page = match beside {
            Some(_) => book.add_worksheet_with_constant_memory().map_err(xlsx_refusal)?,
            // Standard output has no place of its own: the rows wait in memory.
            None => book.add_worksheet(),
        };
        page.set_name(kind.name(moment.language)).map_err(xlsx_refusal)?;
        rows += super::list(tx, moment, export, kind, Sheet::on(page))?;
    }
    match beside {
        Some(_) => book.save_to_writer(out).map_err(xlsx_refusal)?,
        None => out.write_all(&book.save_to_buffer().map_err(xlsx_refusal)?)?,
    }
    Ok(rows)
}

/// A CSV for each list. Answers how many rows there are in all of them.
pub(super) fn archive(
    tx: &Transaction,
    moment: &Moment,
    export: &Export,
    style: Style<'_>,
    mut out: impl Out,
) -> Result<u64> {
    match style.beside {
        Some(_) => fill(tx, moment, export, style, out),
        // The head of each file is written last, so that standard output is collected before.
        None => {
            let mut bytes = Cursor::new(Vec::new());
            let rows = fill(tx, moment, export, style, &mut bytes)?;
            out.write_all(bytes.get_ref())?;
            out.flush()?;
            Ok(rows)
        }
    }
}

fn fill(tx: &Transaction, moment: &Moment, export: &Export, style: Style<'_>, out: impl Out) -> Result<u64> {
    let mut archive = ZipWriter::new(out);
    // A big shop's sales alone are more than what archives held at first.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
    let mut rows = 0;
    for kind in LISTS {
        archive.start_file(named(kind, moment), options).map_err(refusal)?;
        // Each file is one by itself and begins with the mark by which Excel knows UTF-8.
        let style = Style { beside: Some(style.beside.unwrap_or(Path::new(""))), ..style };
        rows += super::list(tx, moment, export, kind, Sheet::new(style, Entry(&mut archive))?)?;
    }
    archive.finish().map_err(refusal)?.flush()?;
    Ok(rows)
}

fn named(kind: Kind, moment: &Moment) -> String {
    format!("{}.csv", kind.name(moment.language))
}

/// A file inside the archive. Nobody seeks in it.
struct Entry<'z, W: Write + Seek>(&'z mut ZipWriter<W>);

impl<W: Write + Seek> Write for Entry<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

impl<W: Write + Seek> Seek for Entry<'_, W> {
    fn seek(&mut self, _: SeekFrom) -> std::io::Result<u64> {
        Err(std::io::ErrorKind::Unsupported.into())
    }
}

fn refusal(error: zip::result::ZipError) -> ApiError {
    match error {
        zip::result::ZipError::Io(error) => error.into(),
        other => ApiError::internal(other),
    }
}
