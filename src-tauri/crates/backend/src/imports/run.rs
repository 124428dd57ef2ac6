//! The two commands: look into a file, and import it. Reading runs on one thread and writing on the book's own, with a
//! bounded queue between them, so that the memory taken does not grow with the file.

use super::apply::{Apply, Tally};
use super::mapping::{self, Field};
use super::plan::{Plan, Wishes};
use super::reader::{Position, ReadOptions, Row};
use super::refusal::Refusal;
use super::rows::{self, Shop, Staged};
use super::values::DayOrder;
use crate::api::imports::{ImportField, ImportKind, ImportLook, ImportPreview, ImportReport, ImportRun};
use crate::api::jobs::JobView;
use crate::app::{App, Moment, Op, Worker, Written};
use crate::error::{ApiError, Result};
use crate::jobs::{self, Progress};
use crate::store;
use serde_json::json;
use shukebu_domain::error::FieldError;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex};

/// Rows that travel together from the reading to the writing thread.
const BATCH_ROWS: usize = 256;
/// Batches that may wait: reading pauses while the book is busy.
const BATCHES: usize = 16;
/// Problems that a refusal names one by one.
const NAMED_PROBLEMS: usize = 50;
const ACTION: &str = "customer.import";

/// Looks into a file: what it is, its first rows, which column is which field.
///
/// # Errors
/// Whatever the file refuses; corrections that do not fit it.
pub fn look(app: &App, input: ImportLook) -> Result<ImportPreview> {
    let path = app.granted("file", &input.file)?;
    let wishes = Wishes {
        kind: input.kind,
        read: ReadOptions { encoding: input.encoding, sheet: input.sheet },
        map: input.map,
        order: DayOrder::Unknown,
    };
    let worker = app.worker()?;
    let (plan, _) = plan_with_memory(&worker, &path, wishes)?;
    Ok(preview(&input.file, &path, &plan, shop_of(worker.moment())))
}

/// Imports a file on a thread of its own; how far it is, and its report, are asked of the job.
///
/// # Errors
/// Whatever the file refuses before its first row.
pub fn run(app: &App, input: ImportRun) -> Result<JobView> {
    app.authorize(ACTION)?;
    let path = app.granted("file", &input.file)?;
    let worker = app.worker()?;
    jobs::start(app, "import", move |progress| perform(&worker, &path, input, progress))
}

/// Imports a file and waits for it.
///
/// # Errors
/// Whatever the file refuses; a bad row where the import is strict; `cancelled`. Nothing is written then.
pub fn import(app: &App, input: ImportRun, progress: &Progress) -> Result<ImportReport> {
    let path = app.granted("file", &input.file)?;
    perform(&app.worker()?, &path, input, progress)
}

fn shop_of(moment: &Moment) -> Shop {
    Shop { zone: moment.zone, exponent: moment.exponent, today: moment.today }
}

/// A plan of the file; a mapping that was corrected for this layout before is taken again. The second value says
/// whether this call brought corrections to be remembered.
fn plan_with_memory(worker: &Worker, path: &Path, mut wishes: Wishes) -> Result<(Plan, bool)> {
    let plan = Plan::make(path, &wishes)?;
    if !wishes.map.is_empty() || plan.kind == ImportKind::Vcard {
        return Ok((plan, !wishes.map.is_empty()));
    }
    let layout = plan.mapping.layout();
    match worker.read(move |connection, _| store::imports::layout(connection, &layout))? {
        Some(map) => {
            wishes.map = map;
            wishes.kind = Some(plan.kind);
            Ok((Plan::make(path, &wishes)?, false))
        }
        None => Ok((plan, false)),
    }
}

fn preview(handle: &str, path: &Path, plan: &Plan, shop: Shop) -> ImportPreview {
    let required = mapping::required(plan.kind);
    let is_contacts = plan.kind == ImportKind::Vcard;
    let fields = if is_contacts { &[] } else { mapping::of_kind(plan.kind) };
    let column_of = |field: Field| plan.mapping.get(field).and_then(|column| plan.mapping.columns.get(column.index));
    let cells = |row: &Row| (0..plan.mapping.columns.len()).map(|column| row.cell(column).to_owned()).collect();
    let (columns, rows) = if is_contacts {
        contact_preview(plan, shop)
    } else {
        (plan.mapping.columns.clone(), plan.preview.iter().map(cells).collect())
    };
    ImportPreview {
        file: handle.to_owned(),
        file_name: file_name(path),
        kind: plan.kind,
        format: plan.file.format.name().to_owned(),
        encoding: plan.file.encoding.map(|encoding| encoding.name().to_owned()),
        sheets: plan.file.sheets.clone(),
        sheet: plan.file.sheet.clone(),
        columns,
        rows,
        fields: fields
            .iter()
            .map(|field| ImportField {
                field: field.name().to_owned(),
                column: column_of(*field).cloned(),
                is_required: required.iter().any(|group| *group == [*field]),
            })
            .collect(),
    }
}

/// The first contacts as name and phones; contacts have no columns.
fn contact_preview(plan: &Plan, shop: Shop) -> (Vec<String>, Vec<Vec<String>>) {
    let mut found = Vec::new();
    let read = rows::stage(plan, &shop, &mut |staged, _| {
        if let Ok(rows::AnyRow::Customer(row)) = staged.outcome {
            found.push(vec![row.name.clone(), row.phones.join(" / ")]);
        }
        let is_full = found.len() >= super::plan::PREVIEW_ROWS;
        Ok(if is_full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    });
    // What cannot be read is said when the file is imported; the preview shows what there is.
    if read.is_err() {
        found.clear();
    }
    (vec![Field::Name.name().to_owned(), Field::Phone.name().to_owned()], found)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn perform(worker: &Worker, path: &Path, input: ImportRun, progress: &Progress) -> Result<ImportReport> {
    let wishes = Wishes {
        kind: Some(input.kind),
        read: ReadOptions { encoding: input.encoding.clone(), sheet: input.sheet.clone() },
        map: input.map.clone(),
        order: DayOrder::Unknown,
    };
    let (plan, is_corrected) = plan_with_memory(worker, path, wishes)?;
    plan.mapping.require().or_else(|refusal| if plan.kind == ImportKind::Vcard { Ok(()) } else { Err(refusal) })?;
    progress.set_total(plan.rows);
    let remembered = is_corrected.then(|| (plan.mapping.layout(), input.map.clone()));
    let batches = read_apart(plan, shop_of(worker.moment()))?;
    let job = Job { input, file_name: file_name(path), remembered, progress: progress.clone() };
    let language = worker.moment().language;
    // What a dry run came to leaves the transaction beside the refusal that undoes it.
    let result: Arc<Mutex<Option<Tally>>> = Arc::default();
    let slot = Arc::clone(&result);
    let written = worker.write(Op::new(ACTION).in_background(), move |tx, moment| {
        let (tally, written) = job.write(tx, moment, &batches)?;
        if let Ok(mut slot) = slot.lock() {
            *slot = Some(tally);
        }
        written.ok_or_else(|| ApiError::not_now(UNDONE))
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

type Batch = (Vec<Staged>, Position);
type Batches = Receiver<std::result::Result<Batch, Refusal>>;

/// Reads the file on a thread of its own.
fn read_apart(plan: Plan, shop: Shop) -> Result<Batches> {
    let (sender, receiver) = sync_channel(BATCHES);
    std::thread::Builder::new().name("import-read".into()).spawn(move || {
        let mut batch = Vec::with_capacity(BATCH_ROWS);
        let mut last = Position::default();
        let read = rows::stage(&plan, &shop, &mut |staged, position| {
            batch.push(staged);
            last = position;
            if batch.len() < BATCH_ROWS {
                return Ok(ControlFlow::Continue(()));
            }
            let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH_ROWS));
            // Nobody listens any more once the import was refused or cancelled.
            let is_heard = sender.send(Ok((full, position))).is_ok();
            Ok(if is_heard { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        });
        let _ = sender.send(read.map(|()| (batch, last)));
    })?;
    Ok(receiver)
}

/// What the writing side needs to know.
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
    ) -> Result<(Tally, Option<Written>)> {
        let kind = store::as_word(self.input.kind)?;
        let import = store::imports::insert(tx, &kind, &self.file_name, moment.now)?;
        let mut apply = Apply::new(tx, moment, self.input.policy, import)?;
        while let Ok(batch) = batches.recv() {
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
            "errors": tally.errors.len(),
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
