//! Where a stranger's file is read: in a process of its own, when the program registered itself as one that can be
//! started for that, else on a thread. Both give the same: what was seen at a look, and then the rows.

use super::child;
use super::here::{self, Batch, Request, Seen};
use super::plan::Wishes;
use super::refusal::Refusal;
use super::rows::Shop;
use crate::api::imports::ImportKind;
use chrono::NaiveDate;
use serde::Serialize;
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};

/// Batches that may wait: reading pauses while the book is busy.
const BATCHES: usize = 16;

/// Rows as they come; an error ends them.
pub(super) type Batches = Receiver<Result<Batch, Refusal>>;

/// Looks into a file.
///
/// # Errors
/// Whatever the file refuses.
pub fn look(request: &Request) -> Result<Seen, Refusal> {
    match child::program() {
        Some(program) => child::look(program, request),
        None => here::look(request),
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
            let read = here::rows(&request, &mut |batch| give(Ok(batch)));
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
