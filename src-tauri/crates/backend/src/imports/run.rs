//! The two commands: look into a file, and import it. Reading runs on one thread and writing on the book's own, with a
//! bounded queue between them, so that the memory taken does not grow with the file.

use super::apply::{Apply, Tally};
use super::here::{self, Request, Seen};
use super::mapping::{self, Field};
use super::plan::Wishes;
use super::reader::{ReadOptions, Source};
use super::reading::{self, Batches};
use super::rows::Shop;
use crate::api::imports::{
    ImportField, ImportKind, ImportLook, ImportPreview, ImportReport, ImportRun, PastedCells, PastedFile,
};
use crate::api::jobs::JobView;
use crate::app::{App, Aside, Moment, Op, Worker, Written};
use crate::error::{ApiError, Result};
use crate::jobs::{self, Progress};
use crate::messages::say;
use crate::store;
use crate::values::DayOrder;
use serde_json::json;
use shukebu_domain::error::FieldError;
use std::collections::BTreeMap;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Problems that a refusal names one by one.
const NAMED_PROBLEMS: usize = 50;
const ACTION: &str = "customer.import";
/// A clipboard holds no more of a spreadsheet that somebody copied by hand.
const PASTED_BYTES: usize = 4 << 20;
/// While the reader is slow the counter is looked at so often.
const LOOK_AT_COUNTER: Duration = Duration::from_millis(2);

/// Looks into a file: what it is, its first rows, which column is which field.
///
/// # Errors
/// Whatever the file refuses; corrections that do not fit it.
pub fn look(app: &App, input: ImportLook) -> Result<ImportPreview> {
    let source = source(app, &input.file)?;
    let wishes = Wishes {
        kind: input.kind,
        read: ReadOptions { encoding: input.encoding, sheet: input.sheet },
        heading: input.heading,
        map: input.map,
        order: DayOrder::Unknown,
    };
    let worker = app.worker()?;
    let mut request = Request { source, wishes, shop: shop_of(worker.moment()) };
    let seen = look_with_memory(&worker, &mut request)?;
    Ok(preview(input.file, file_name(worker.moment(), &request.source), seen))
}

/// Keeps pasted cells for a look and an import; they stay in memory until others are pasted or the program ends.
///
/// # Errors
/// Nothing pasted; far too much.
pub fn paste(app: &App, input: PastedCells) -> Result<PastedFile> {
    if input.text.trim().is_empty() {
        return Err(ApiError::field("text", "import.empty"));
    }
    if input.text.len() > PASTED_BYTES {
        return Err(ApiError::field("text", "import.pasted_too_much").with("most", PASTED_BYTES >> 20));
    }
    Ok(PastedFile { file: app.keep_pasted(input.text) })
}

fn source(app: &App, handle: &str) -> Result<Source> {
    match app.pasted(handle) {
        Some(text) => Ok(Source::Pasted(text)),
        None => Ok(Source::File(app.granted("file", handle)?)),
    }
}

/// Imports a file on a thread of its own; how far it is, and its report, are asked of the job.
///
/// # Errors
/// Whatever the file refuses before its first row.
pub fn run(app: &App, input: ImportRun) -> Result<JobView> {
    app.authorize(ACTION)?;
    let source = source(app, &input.file)?;
    let worker = app.worker()?;
    jobs::start(app, "import", move |progress| perform(&worker, source, input, progress))
}

/// Imports a file and waits for it.
///
/// # Errors
/// Whatever the file refuses; a bad row where the import is strict; `cancelled`. Nothing is written then.
pub fn import(app: &App, input: ImportRun, progress: &Progress) -> Result<ImportReport> {
    let source = source(app, &input.file)?;
    perform(&app.worker()?, source, input, progress)
}

fn shop_of(moment: &Moment) -> Shop {
    Shop { zone: moment.zone, exponent: moment.exponent, today: moment.today }
}

/// A look into the file; a mapping that was corrected for this layout before is taken again.
fn look_with_memory(worker: &Worker, request: &mut Request) -> Result<Seen> {
    let seen = reading::look(request)?;
    request.wishes.kind = Some(seen.kind);
    // Columns without headings are alike only by their number.
    if !request.wishes.map.is_empty() || seen.kind == ImportKind::Vcard || seen.heading == 0 {
        return Ok(seen);
    }
    let layout = seen.layout.clone();
    match worker.read(move |connection, _| store::imports::layout(connection, &layout))? {
        Some(map) => {
            request.wishes.map = map;
            Ok(reading::look(request)?)
        }
        None => Ok(seen),
    }
}

fn preview(handle: String, file_name: String, seen: Seen) -> ImportPreview {
    let fields = if seen.kind == ImportKind::Vcard { &[] } else { mapping::of_kind(seen.kind) };
    let column_of = |field: &Field| {
        let (_, column) = seen.found.iter().find(|(name, _)| name == field.name())?;
        seen.columns.get(*column).cloned()
    };
    ImportPreview {
        file: handle,
        file_name,
        kind: seen.kind,
        fields: fields
            .iter()
            .map(|field| ImportField {
                field: field.name().to_owned(),
                column: column_of(field),
                is_required: here::is_required(seen.kind, *field),
            })
            .collect(),
        format: seen.format,
        encoding: seen.encoding,
        sheets: seen.sheets,
        sheet: seen.sheet,
        heading: seen.heading,
        columns: seen.columns,
        rows: seen.rows,
        row_numbers: seen.row_numbers,
    }
}

fn file_name(moment: &Moment, source: &Source) -> String {
    let Some(path) = source.path() else { return say(moment.language, "import.pasted", &[]) };
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn perform(worker: &Worker, source: Source, input: ImportRun, progress: &Progress) -> Result<ImportReport> {
    let wishes = Wishes {
        kind: Some(input.kind),
        read: ReadOptions { encoding: input.encoding.clone(), sheet: input.sheet.clone() },
        heading: input.heading,
        map: input.map.clone(),
        order: DayOrder::Unknown,
    };
    let file_name = file_name(worker.moment(), &source);
    let mut request = Request { source, wishes, shop: shop_of(worker.moment()) };
    let seen = look_with_memory(worker, &mut request)?;
    if let Some(refusal) = seen.lacks {
        return Err(refusal.into());
    }
    progress.set_total(seen.estimate);
    let is_known_again = !input.map.is_empty() && seen.heading > 0;
    let remembered = is_known_again.then(|| (seen.layout, input.map.clone()));
    let job = Job { input, file_name, remembered, progress: progress.clone() };
    let language = worker.moment().language;
    // What a dry run came to leaves the transaction beside the refusal that undoes it.
    let result: Arc<Mutex<Option<Tally>>> = Arc::default();
    let written = worker.write_patiently(&Op::new(ACTION).in_background(), |aside| {
        job.progress.check()?;
        let (job, slot, batches) = (job.clone(), Arc::clone(&result), reading::rows(request.clone())?);
        Ok(move |tx: &rusqlite::Transaction, moment: &Moment| {
            let (tally, written) = job.write(tx, moment, &batches, &aside)?;
            if let Ok(mut slot) = slot.lock() {
                *slot = Some(tally);
            }
            written.ok_or_else(|| ApiError::not_now(UNDONE))
        })
    });
    match written {
        Err(refusal) if refusal.key != UNDONE => Err(refusal),
        _ => {
            let tally = result.lock().ok().and_then(|mut slot| slot.take());
            tally.map(|tally| tally.report(language)).ok_or_else(|| ApiError::internal("import without a result"))
        }
    }
}

/// Key of the refusal by which a dry run, or an import that brings nothing new, undoes its transaction.
const UNDONE: &str = "import.undone";

/// What the writing side needs to know.
#[derive(Clone)]
struct Job {
    input: ImportRun,
    file_name: String,
    remembered: Option<(String, BTreeMap<String, String>)>,
    progress: Progress,
}

impl Job {
    /// Writes all rows. Without a second answer the transaction is to be undone.
    fn write(
        &self,
        tx: &rusqlite::Transaction,
        moment: &Moment,
        batches: &Batches,
        aside: &Aside,
    ) -> Result<(Tally, Option<Written>)> {
        let kind = store::as_word(self.input.kind)?;
        let import = store::imports::insert(tx, &kind, &self.file_name, moment.now)?;
        let journal = store::import_undo::Journal::begin(tx, import, moment.session.staff)?;
        let mut apply = Apply::new(tx, moment, self.input.policy, import, self.input.earn_points)?;
        loop {
            let batch = match batches.recv_timeout(LOOK_AT_COUNTER) {
                Ok(batch) => batch,
                Err(RecvTimeoutError::Timeout) => {
                    self.progress.check()?;
                    aside.check()?;
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => break,
            };
            self.progress.check()?;
            let (staged, position) = batch?;
            for row in staged {
                apply.row(row)?;
            }
            let done = apply.tally.rows();
            self.progress.set_done(done);
            if let Some(total) = position.estimate_rows(done).filter(|_| done > 0) {
                self.progress.set_total(total);
            }
        }
        let tally = apply.finish()?;
        journal.finish(tx)?;
        self.progress.check()?;
        self.progress.set_total(tally.rows());
        if self.input.strict && !tally.errors.is_empty() {
            return Err(strictly_refused(tally, moment));
        }
        if self.input.dry_run || tally.changes_nothing() {
            return Ok((tally, None));
        }
        if let Some((layout, map)) = &self.remembered {
            store::imports::set_layout(tx, layout, map, moment.now)?;
        }
        let counts = json!({
            "rows": tally.rows(), "created": tally.created, "updated": tally.updated, "skipped": tally.skipped,
            "errors": tally.errors.len(), "entities": tally.entities,
        });
        store::imports::set_report(tx, import, &counts.to_string())?;
        let written = Written::one("import", import.0).detail(counts).reindex_all();
        Ok((tally, Some(written)))
    }
}

/// The refusal of a strict import: the first bad rows, each with its field and sentence.
fn strictly_refused(tally: Tally, moment: &Moment) -> ApiError {
    let report = tally.report(moment.language);
    let count = report.errors.len();
    let fields = report.errors.into_iter().take(NAMED_PROBLEMS).map(|problem| {
        let place = format!("rows.{}", problem.row);
        let place = problem.field.map_or_else(|| place.clone(), |field| format!("{place}.{field}"));
        FieldError { message: problem.message, ..FieldError::new(place, problem.code) }
    });
    let fields: Vec<FieldError> = fields.collect();
    ApiError { fields, ..ApiError::new(crate::error::ErrorCode::Invalid, "import.strict") }.with("count", count)
}
