//! What leaves the book: everything as one JSON, lists as CSV, XLSX or JSON, contacts as vCard.
//!
//! An export is complete, without a cap. It needs the right `customer.export_all`, is written in the log, and reads
//! one moment of the book. A file appears under its name only when it is whole.

mod complaints;
mod customers;
pub mod everything;
mod measures;
mod sales;
mod sheet;
mod vcard;

use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use chrono::NaiveDate;
use rusqlite::Transaction;
use serde_json::json;
use sheet::Sheet;
use shukebu_domain::segmentation::Window;
use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// All tables, to be imported into a new book.
    Everything,
    /// Customers with all their handles.
    Customers,
    /// Sales with their lines.
    Sales,
    /// One row of measures, scores and classes for each customer.
    Measures,
    /// The ledger of points.
    Points,
    /// Complaints with their resolutions.
    Complaints,
    /// Contacts for a phone.
    Vcard,
}

impl Kind {
    /// Reads the word of the command line.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "everything" => Self::Everything,
            "customers" => Self::Customers,
            "sales" => Self::Sales,
            "measures" => Self::Measures,
            "points" => Self::Points,
            "complaints" => Self::Complaints,
            "vcard" => Self::Vcard,
            _ => return None,
        })
    }

    fn word(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Customers => "customers",
            Self::Sales => "sales",
            Self::Measures => "measures",
            Self::Points => "points",
            Self::Complaints => "complaints",
            Self::Vcard => "vcard",
        }
    }
}

/// The form of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// An array of objects.
    Json,
    /// Comma separated, UTF-8.
    Csv,
    /// A spreadsheet.
    Xlsx,
}

impl Format {
    /// Reads the word of the command line, or the end of a file's name.
    pub fn parse(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }
}

/// What to export and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// What.
    pub kind: Kind,
    /// The form; left out, what the name of the file says, else CSV for lists.
    pub format: Option<Format>,
    /// As of which day; left out, today. Later sales and complaints are left out and classes are those of that day.
    pub as_of: Option<NaiveDate>,
    /// Which days count; left out, 12 months for measures and everything else for a lifetime.
    pub window: Option<Window>,
}

/// Where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A file; one of that name is replaced once the new one is whole.
    File(PathBuf),
    /// Standard output.
    Standard,
}

/// Exports. Answers how many rows went out.
///
/// # Errors
/// `NotPermitted` without the right; a form that the kind does not have; a file that cannot be written.
pub fn run(app: &App, export: Export, to: Destination) -> Result<u64> {
    let format = format_of(&export, &to)?;
    let counted = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0));
    let rows = std::sync::Arc::clone(&counted);
    app.write(Op::new("customer.export_all").in_background(), move |tx, moment| {
        let count = match &to {
            Destination::File(path) => into_file(path, |file| write(tx, moment, &export, format, file, true))?,
            Destination::Standard => {
                let out = BufWriter::with_capacity(1 << 16, StandardOutput(std::io::stdout()));
                write(tx, moment, &export, format, out, false)?
            }
        };
        rows.store(count, std::sync::atomic::Ordering::Relaxed);
        Ok(Written::many("export").detail(json!({ "kind": export.kind.word(), "rows": count })))
    })?;
    Ok(counted.load(std::sync::atomic::Ordering::Relaxed))
}

fn format_of(export: &Export, to: &Destination) -> Result<Format> {
    let named = match to {
        Destination::File(path) => path.extension().and_then(|end| Format::parse(&end.to_string_lossy())),
        Destination::Standard => None,
    };
    match (export.kind, export.format) {
        (Kind::Points, _) => Err(ApiError::not_now("export.no_points")),
        (Kind::Everything, Some(Format::Json) | None) => Ok(Format::Json),
        (Kind::Vcard, None) => Ok(Format::Csv),
        (Kind::Everything | Kind::Vcard, Some(_)) => Err(ApiError::field("format", "export.one_form")),
        (_, given) => Ok(given.or(named).unwrap_or(Format::Csv)),
    }
}

/// A file under another name until it is whole.
fn into_file(path: &Path, work: impl FnOnce(BufWriter<File>) -> Result<u64>) -> Result<u64> {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    let partial = PathBuf::from(name);
    let written = (|| {
        let rows = work(BufWriter::with_capacity(1 << 16, File::create(&partial)?))?;
        File::options().write(true).open(&partial)?.sync_all()?;
        std::fs::rename(&partial, path)?;
        crate::files::sync_folder_of(path)?;
        Ok(rows)
    })();
    if written.is_err() {
        let _ = std::fs::remove_file(&partial);
    }
    written
}

fn write(
    tx: &Transaction,
    moment: &Moment,
    export: &Export,
    format: Format,
    out: impl Write + Seek + Send,
    is_file: bool,
) -> Result<u64> {
    let as_of = export.as_of.unwrap_or(moment.today);
    let window = export.window.unwrap_or(Window::Lifetime);
    match export.kind {
        Kind::Everything => everything::write(tx, moment, out),
        Kind::Vcard => vcard::write(tx, out),
        Kind::Measures => {
            let window = export.window.unwrap_or_default();
            measures::write(tx, moment, as_of, window, Sheet::new(format, out, is_file)?)
        }
        Kind::Customers => customers::write(tx, moment, as_of, window, Sheet::new(format, out, is_file)?),
        Kind::Sales => sales::write(tx, moment, window.range(as_of), Sheet::new(format, out, is_file)?),
        Kind::Complaints => complaints::write(tx, moment, window.range(as_of), Sheet::new(format, out, is_file)?),
        Kind::Points => Err(ApiError::not_now("export.no_points")),
    }
}

/// Standard output. Nobody seeks in it; a spreadsheet is collected before it is written. A reader that went away
/// (`| head`) has read enough.
struct StandardOutput(std::io::Stdout);

impl Write for StandardOutput {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self.0.write(bytes) {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(bytes.len()),
            other => other,
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self.0.flush() {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }
}

impl Seek for StandardOutput {
    fn seek(&mut self, _: std::io::SeekFrom) -> std::io::Result<u64> {
        Err(std::io::ErrorKind::Unsupported.into())
    }
}

/// An instant in the shop's own time with its offset: `2026-03-05T10:00:00+08:00`.
fn instant(moment: &Moment, at: shukebu_domain::time::Timestamp) -> String {
    at.utc().with_timezone(&moment.zone).to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false)
}
