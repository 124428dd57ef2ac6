//! Where a stranger's file is read: in a process of its own, when the program registered itself as one that can be
//! started for that, else on a thread. Both give the same: what was seen at a look, and then the rows.

use super::child;
use super::mapping::{self, Field};
use super::plan::{PREVIEW_ROWS, Plan, Wishes};
use super::reader::{Position, Row, Source};
use super::refusal::Refusal;
use super::rows::{self, AnyRow, Shop, Staged};
use crate::api::imports::ImportKind;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};

/// Rows that travel together.
const BATCH_ROWS: usize = 256;
/// Batches that may wait: reading pauses while the book is busy.
const BATCHES: usize = 16;

/// A file or pasted cells to be read, with everything that reading needs to know.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// Where it comes from.
    pub source: Source,
    /// What a person says about it.
    pub wishes: Wishes,
    /// The shop.
    pub shop: Shop,
}

/// What a look saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// What the file holds.
    pub kind: ImportKind,
    /// `csv`, `xlsx`, `xls`, `ods`, `vcard`.
    pub format: String,
    /// Encoding of a text, where it is known.
    pub encoding: Option<String>,
    /// Sheets of a workbook.
    pub sheets: Vec<String>,
    /// The sheet that is read.
    pub sheet: Option<String>,
    /// Row of the headings.
    pub heading: u64,
    /// Headings.
    pub columns: Vec<String>,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
    /// Which rows these are.
    pub row_numbers: Vec<u64>,
    /// Field names with the column found for each.
    pub found: Vec<(String, usize)>,
    /// Mark of the layout.
    pub layout: String,
    /// Why the file cannot be imported as it is mapped now.
    pub lacks: Option<Refusal>,
    /// Rows below the heading, by estimate; 0 while unknown.
    pub estimate: u64,
}

/// Rows on their way, with how far the file has been read.
pub type Batch = (Vec<Staged>, Position);
/// Rows as they come; an error ends them.
pub(super) type Batches = Receiver<Result<Batch, Refusal>>;

/// Looks into a file.
///
/// # Errors
/// Whatever the file refuses.
pub fn look(request: &Request) -> Result<Seen, Refusal> {
    match child::program() {
        Some(program) => child::look(program, request),
        None => look_here(request),
    }
}

/// Starts reading a file.
///
/// # Errors
/// Where the operating system gives no thread; what the file refuses comes with the rows.
pub(super) fn rows(request: Request) -> std::io::Result<Batches> {
    let (sender, receiver) = sync_channel(BATCHES);
    // Nobody listens any more once the import was refused or cancelled.
    let mut give = move |batch| sender.send(batch).is_ok();
    std::thread::Builder::new().name("import-read".into()).spawn(move || match child::program() {
        Some(program) => child::rows(program, &request, &mut give),
        None => {
            let read = rows_here(&request, &mut |batch| give(Ok(batch)));
            if let Err(refusal) = read {
                give(Err(refusal));
            }
        }
    })?;
    Ok(receiver)
}

/// What reading a file to its end came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadVerdict {
    /// Always true: a file that cannot be read is a refusal.
    pub read: bool,
    /// What it holds.
    pub kind: ImportKind,
    /// `csv`, `xlsx`, `xls`, `ods`, `vcard`.
    pub format: String,
    /// Headings.
    pub columns: Vec<String>,
    /// Rows below the heading.
    pub rows: u64,
    /// Rows that an import would leave out.
    pub errors: u64,
    /// Cells that an import would leave empty.
    pub warnings: u64,
}

/// Reads a file to its end as an import into a Chinese shop would, and keeps nothing of it.
///
/// # Errors
/// Whatever the file refuses.
pub fn verdict(path: &Path, today: NaiveDate) -> Result<ReadVerdict, Refusal> {
    let shop = Shop { zone: chrono_tz::Asia::Shanghai, exponent: 2, today };
    let request = Request { source: path.to_owned().into(), wishes: Wishes::default(), shop };
    let seen = look(&request)?;
    if let Some(refusal) = seen.lacks {
        return Err(refusal);
    }
    let mut verdict = ReadVerdict {
        read: true,
        kind: seen.kind,
        format: seen.format,
        columns: seen.columns,
        rows: 0,
        errors: 0,
        warnings: 0,
    };
    for batch in rows(request).map_err(|error| Refusal::unreadable(&error))? {
        for staged in batch?.0 {
            verdict.rows += 1;
            verdict.errors += u64::from(staged.outcome.is_err());
            verdict.warnings += staged.warnings.len() as u64;
        }
    }
    Ok(verdict)
}

/// Looks into a file in this process.
pub(super) fn look_here(request: &Request) -> Result<Seen, Refusal> {
    let plan = Plan::make(&request.source, &request.wishes)?;
    let is_contacts = plan.kind == ImportKind::Vcard;
    let columns = plan.mapping.columns.len();
    let cells = |row: &Row| (0..columns).map(|column| row.cell(column).to_owned()).collect();
    let (columns, rows) = if is_contacts {
        contacts(&plan, &request.shop)?
    } else {
        (plan.mapping.columns.clone(), plan.preview.iter().map(cells).collect())
    };
    Ok(Seen {
        kind: plan.kind,
        format: plan.file.format.name().to_owned(),
        encoding: plan.file.encoding.map(|encoding| encoding.name().to_owned()),
        sheets: plan.file.sheets.clone(),
        sheet: plan.file.sheet.clone(),
        heading: plan.heading,
        row_numbers: plan.preview.iter().map(|row| row.number).collect(),
        columns,
        rows,
        found: plan.mapping.found().map(|(field, column)| (field.name().to_owned(), column.index)).collect(),
        layout: plan.mapping.layout(),
        lacks: if is_contacts { None } else { plan.mapping.require().err() },
        estimate: plan.rows,
    })
}

/// The first contacts as name and phones; contacts have no columns.
fn contacts(plan: &Plan, shop: &Shop) -> Result<(Vec<String>, Vec<Vec<String>>), Refusal> {
    let mut found = Vec::new();
    rows::stage(plan, shop, &mut |staged, _| {
        if let Ok(AnyRow::Customer(row)) = staged.outcome {
            found.push(vec![row.name.clone(), row.phones.join(" / ")]);
        }
        let is_full = found.len() >= PREVIEW_ROWS;
        Ok(if is_full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    Ok((vec![Field::Name.name().to_owned(), Field::Phone.name().to_owned()], found))
}

/// Reads a file in this process; `give` takes the rows until it wants no more.
pub(super) fn rows_here(request: &Request, give: &mut dyn FnMut(Batch) -> bool) -> Result<(), Refusal> {
    let plan = Plan::make(&request.source, &request.wishes)?;
    let mut batch = Vec::with_capacity(BATCH_ROWS);
    let mut last = Position::default();
    let mut is_wanted = true;
    rows::stage(&plan, &request.shop, &mut |staged, position| {
        batch.push(staged);
        last = position;
        if batch.len() == BATCH_ROWS {
            is_wanted = give((std::mem::replace(&mut batch, Vec::with_capacity(BATCH_ROWS)), position));
        }
        Ok(if is_wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    if is_wanted && !batch.is_empty() {
        give((batch, last));
    }
    Ok(())
}

/// Whether a file of this kind cannot do without a field.
pub(super) fn is_required(kind: ImportKind, field: Field) -> bool {
    mapping::required(kind).iter().any(|group| *group == [field])
}
