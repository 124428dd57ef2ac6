//! Tables as files: CSV and XLSX, row by row, without memory of their own. What stands in them is the business of whoever
//! writes them.

mod cell;
mod mask;
mod separated;
mod sheet;

pub(crate) use cell::Cell;
pub(crate) use sheet::{Out, Sheet, Style, xlsx_refusal};

use crate::api::exports::ExportFormat as Format;
use crate::error::Result;
use shukebu_domain::money::Money;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// Writes a list that is in memory already.
pub(crate) fn write_list(path: &Path, format: Format, header: &[String], rows: &[[String; 4]]) -> Result<u64> {
    into_file(path, |file, beside| {
        let mut sheet = Sheet::new(Style::file(format, beside), file)?;
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        sheet.header(&header)?;
        for row in rows {
            sheet.row(&row.each_ref().map(|text| text.as_str().into()))?;
        }
        sheet.finish()
    })
}

/// Writes a table that is in memory already; shares and durations are numbers, so that a spreadsheet adds them up.
pub(crate) fn write_table(path: &Path, format: Format, header: &[String], rows: &[Vec<TableCell>]) -> Result<u64> {
    into_file(path, |file, beside| {
        let mut sheet = Sheet::new(Style::file(format, beside), file)?;
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        sheet.header(&header)?;
        for row in rows {
            let cells: Vec<Cell<'_>> = row
                .iter()
                .map(|cell| match cell {
                    TableCell::Text(text) => text.as_str().into(),
                    TableCell::Number(number) => (*number).into(),
                    TableCell::Decimal(parts, decimals) => Cell::Amount(Money::from_minor(*parts), *decimals),
                    TableCell::Nothing => Cell::Blank,
                })
                .collect();
            sheet.row(&cells)?;
        }
        sheet.finish()
    })
}

/// The same into a file that a person named: a spreadsheet, or CSV when the name says so. Answers where it lies.
pub(crate) fn write_named(path: &Path, header: &[String], rows: &[Vec<TableCell>]) -> Result<(PathBuf, u64)> {
    let (path, format) = as_named(path);
    let count = write_table(&path, format, header, rows)?;
    Ok((path, count))
}

/// What the name of a file asks for; without a known ending it gets that of a spreadsheet.
pub(crate) fn as_named(path: &Path) -> (PathBuf, Format) {
    match path.extension().and_then(|end| Format::parse(&end.to_string_lossy())) {
        Some(format) => (path.to_owned(), format),
        None => (path.with_extension("xlsx"), Format::Xlsx),
    }
}

/// A cell of a table that is in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TableCell {
    /// Words.
    Text(String),
    /// A count, seconds or an amount in minor units.
    Number(i64),
    /// A number in its smallest parts, with so many decimals: an amount, hundredths of a per cent.
    Decimal(i64, u32),
    /// Nothing was judged.
    Nothing,
}

/// A file under another name until it is whole. `work` gets a private folder beside it for what it has to put down
/// meanwhile; the folder is gone afterwards, whatever happens.
pub(crate) fn into_file(path: &Path, work: impl FnOnce(BufWriter<File>, &Path) -> Result<u64>) -> Result<u64> {
    let named = |end: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
    let partial = named(".part");
    let beside = named(".rows");
    // What a crash may have left is of no use to anybody.
    let _ = std::fs::remove_dir_all(&beside);
    let written = (|| {
        crate::files::private_folder(&beside)?;
        let rows = work(BufWriter::with_capacity(1 << 16, File::create(&partial)?), &beside)?;
        File::options().write(true).open(&partial)?.sync_all()?;
        std::fs::rename(&partial, path)?;
        crate::files::sync_folder_of(path)?;
        Ok(rows)
    })();
    let _ = std::fs::remove_dir_all(&beside);
    if written.is_err() {
        let _ = std::fs::remove_file(&partial);
    }
    written
}
