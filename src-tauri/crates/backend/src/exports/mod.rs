//! What leaves the book: everything as one JSON, every list in a workbook or an archive, lists as CSV, XLSX or JSON, contacts
//! as vCard.
//!
//! An export is complete, without a cap. It needs the right `customer.export_all`, is written in the log, and reads
//! one moment of the book. A file appears under its name only when it is whole.

mod complaints;
mod customers;
pub mod everything;
mod instants;
pub(crate) mod measures;
mod points;
mod products;
mod records;
mod refunds;
mod sales;
mod table;
mod together;
mod vcard;

use crate::api::exports::{ExportEncoding, ExportRun, ExportedFile};
pub use crate::api::exports::{ExportFormat as Format, ExportKind as Kind};
use crate::api::jobs::JobView;
use crate::app::{App, Moment, Op, Worker, Written};
use crate::error::{ApiError, Result};
use crate::jobs::{self, Progress};
use crate::messages::Language;
use crate::messages::say;
use crate::sheets::{Out, Sheet, Style, into_file};
use crate::store;
use chrono::NaiveDate;
use rusqlite::Transaction;
use serde_json::json;
use shukebu_domain::segmentation::Window;
use std::io::{BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
pub use table::start as table;

/// The lists of a shop, in the order in which they stand in a workbook of everything.
const LISTS: [Kind; 38] = [
    Kind::Customers,
    Kind::Products,
    Kind::Sales,
    Kind::Refunds,
    Kind::Complaints,
    Kind::Points,
    Kind::Measures,
    Kind::PointsLedger,
    Kind::Coupons,
    Kind::Packs,
    Kind::PackUses,
    Kind::Benefits,
    Kind::Cashback,
    Kind::Offers,
    Kind::Terms,
    Kind::AgreedPrices,
    Kind::PriceQuotes,
    Kind::UsualOrders,
    Kind::Gifts,
    Kind::TierChanges,
    Kind::ClassChanges,
    Kind::Judgements,
    Kind::SeldomReasons,
    Kind::CustomerPlans,
    Kind::Interactions,
    Kind::OwnFields,
    Kind::ContactPersons,
    Kind::Ties,
    Kind::Anniversaries,
    Kind::Wishes,
    Kind::Consents,
    Kind::Attachments,
    Kind::CaseEntries,
    Kind::Compensations,
    Kind::Remedies,
    Kind::Improvements,
    Kind::Assessments,
    Kind::PriorityLocks,
];

impl Kind {
    /// The words of the command line.
    pub fn words() -> impl Iterator<Item = String> {
        [Self::Everything].into_iter().chain(LISTS).chain([Self::Vcard]).map(Self::word)
    }

    /// Reads the word of the command line.
    pub fn parse(word: &str) -> Option<Self> {
        serde_json::from_value(word.into()).ok()
    }

    fn word(self) -> String {
        serde_json::to_value(self).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// What a file or sheet of it is called.
    fn name(self, language: Language) -> String {
        say(language, &format!("export.name.{}", self.word()), &[])
    }

    /// Whether a partner may be given it, with what tells who somebody is covered.
    fn can_be_masked(self) -> bool {
        matches!(self, Self::Customers | Self::Sales | Self::Refunds | Self::Complaints | Self::Points | Self::Measures)
    }
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

impl From<ExportRun> for Export {
    fn from(input: ExportRun) -> Self {
        let ExportRun { kind, format, encoding, masked, as_of, .. } = input;
        Self { kind, format, as_of, window: None, encoding, masked }
    }
}

const ACTION: &str = "customer.export_all";

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
    /// Of CSV.
    pub encoding: ExportEncoding,
    /// For a partner: what tells who somebody is stays covered.
    pub masked: bool,
}

impl Export {
    /// All of it, as of today, in its usual form.
    pub fn of(kind: Kind) -> Self {
        let encoding = ExportEncoding::Utf8;
        Self { kind, format: None, as_of: None, window: None, encoding, masked: false }
    }
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
    perform(&app.worker()?, &export, &to, &Progress::default())
}

/// Exports into a folder that a person chose, on a thread of its own; the job's result is the file.
///
/// # Errors
/// `NotPermitted` without the right; a form that the kind does not have; a folder that was not chosen.
pub fn start(app: &App, input: ExportRun) -> Result<JobView> {
    app.authorize(ACTION)?;
    let folder = app.granted("folder", &input.folder)?;
    let window = input.window.as_deref().map(Window::parse).transpose()?;
    let format = match input.kind {
        Kind::Everything | Kind::Vcard => input.format,
        _ => Some(input.format.unwrap_or(Format::Xlsx)),
    };
    let export = Export { window, format, ..input.into() };
    let worker = app.worker()?;
    let form = format_of(&export, &Destination::Standard)?;
    jobs::start(app, "export", move |progress| {
        let moment = worker.moment();
        let word = export.kind.name(moment.language);
        let name = say(moment.language, "export.file", &[("what", &word), ("day", &moment.today)]);
        let ending = match (export.kind, form) {
            (Kind::Vcard, _) => "vcf",
            (Kind::Everything, Format::Csv) => "zip",
            _ => form.ending(),
        };
        let path = crate::files::free_name(&folder, &name, ending);
        let rows = perform(&worker, &export, &Destination::File(path.clone()), progress)?;
        Ok(ExportedFile::at(&path, rows))
    })
}

fn perform(worker: &Worker, export: &Export, to: &Destination, progress: &Progress) -> Result<u64> {
    let format = format_of(export, to)?;
    let counted = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0));
    let op = Op::new(ACTION).in_background();
    let attempt = || {
        progress.check()?;
        let (rows, export, to) = (std::sync::Arc::clone(&counted), export.clone(), to.clone());
        Ok(move |tx: &Transaction, moment: &Moment| {
            let count = match &to {
                Destination::File(path) => {
                    into_file(path, |file, beside| write(tx, moment, &export, format, file, Some(beside)))?
                }
                Destination::Standard => {
                    let out = BufWriter::with_capacity(1 << 16, StandardOutput(std::io::stdout()));
                    write(tx, moment, &export, format, out, None)?
                }
            };
            rows.store(count, std::sync::atomic::Ordering::Relaxed);
            let detail = json!({ "kind": export.kind.word(), "rows": count, "masked": export.masked });
            Ok(Written::many("export").detail(detail))
        })
    };
    // What went to standard output cannot be taken back, so that only a file is begun anew when the counter calls.
    match to {
        Destination::File(_) => worker.write_patiently(&op, |_| attempt())?,
        Destination::Standard => worker.write(op.clone(), attempt()?)?,
    };
    Ok(counted.load(std::sync::atomic::Ordering::Relaxed))
}

fn format_of(export: &Export, to: &Destination) -> Result<Format> {
    let named = match to {
        Destination::File(path) => path.extension().and_then(|end| match &*end.to_string_lossy() {
            "zip" if export.kind == Kind::Everything => Some(Format::Csv),
            end => Format::parse(end),
        }),
        Destination::Standard => None,
    };
    match (export.kind, export.format) {
        (kind, _) if export.masked && !kind.can_be_masked() => Err(ApiError::field("masked", "export.not_masked")),
        (Kind::Everything, given) => Ok(given.or(named).unwrap_or(Format::Json)),
        (Kind::Vcard, None) => Ok(Format::Csv),
        (Kind::Vcard, Some(_)) => Err(ApiError::field("format", "export.one_form")),
        (_, given) => Ok(given.or(named).unwrap_or(Format::Csv)),
    }
}

fn write(
    tx: &Transaction,
    moment: &Moment,
    export: &Export,
    format: Format,
    out: impl Out,
    beside: Option<&Path>,
) -> Result<u64> {
    let style = Style { format, encoding: export.encoding, masked: export.masked, beside };
    match (export.kind, format) {
        (Kind::Everything, Format::Json) => everything::write(tx, moment, out),
        (Kind::Everything, Format::Xlsx) => together::workbook(tx, moment, export, beside, out),
        (Kind::Everything, Format::Csv) => together::archive(tx, moment, export, style, out),
        (Kind::Vcard, _) => vcard::write(tx, out),
        (kind, _) => {
            let sheet = Sheet::new(style, out)?;
            // A partner gets those who agreed to it, and nobody else.
            let members = export.masked.then(|| store::privacy::sharing_members(tx)).transpose()?;
            let sheet = members.into_iter().fold(sheet, Sheet::only_of);
            list(tx, moment, export, kind, sheet)
        }
    }
}

/// One list, from its head to its end; answers how many rows it has.
fn list(tx: &Transaction, moment: &Moment, export: &Export, kind: Kind, mut sheet: Sheet<'_, impl Out>) -> Result<u64> {
    let as_of = export.as_of.unwrap_or(moment.today);
    let window = export.window.unwrap_or(Window::Lifetime);
    let days = window.range(as_of);
    match kind {
        Kind::Measures => measures::write(tx, moment, as_of, export.window.unwrap_or_default(), sheet),
        Kind::Customers => customers::write(tx, moment, as_of, window, sheet),
        Kind::Products => {
            sheet.header(&products::COLUMNS)?;
            products::rows(tx, &mut sheet)?;
            sheet.finish()
        }
        Kind::Sales => {
            sheet.header(&sales::COLUMNS)?;
            sales::rows(tx, moment, days, &mut sheet)?;
            sheet.finish()
        }
        Kind::Refunds => {
            sheet.header(&refunds::COLUMNS)?;
            refunds::rows(tx, moment, days, &mut sheet)?;
            sheet.finish()
        }
        Kind::Complaints => {
            sheet.header(&complaints::COLUMNS)?;
            complaints::rows(tx, moment, days, &mut sheet)?;
            sheet.finish()
        }
        Kind::Points => {
            sheet.header(&points::COLUMNS)?;
            points::rows(tx, &mut sheet)?;
            sheet.finish()
        }
        record => records::write(tx, moment, record, days, sheet),
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
    instants::Instants::of(moment.zone).text(at).to_owned()
}
