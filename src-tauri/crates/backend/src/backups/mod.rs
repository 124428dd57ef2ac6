//! Backups to a stick: one encrypted file, read back past the cache, opened and counted before anybody says "done".
//!
//! The book is sealed page by page already, so a backup is a copy of its file between a header and a keyed seal. The
//! copy needs no pause at the counter: after a checkpoint everything new goes to the log, and the file itself stands
//! still while it is read.

mod file;
mod restore;

pub use restore::{restore, restore_to};

use crate::api::backups::{BackupFile, BackupStatus, BackupView, NewBackup};
use crate::api::books::Nothing;
use crate::app::{App, Op, Written};
use crate::error::{ApiError, ErrorCode, Result};
use crate::files;
use crate::keys::BookKey;
use crate::open_book::Book;
use crate::store;
use crate::store::soundness::{self, Depth};
use crate::store::thread::Priority;
use file::{Counts, Header};
use restore::Staged;
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::time::Timestamp;
use std::path::{Path, PathBuf};

/// Backups of the same book that stay in a folder.
const KEPT: usize = 5;

/// How the shop stands with its backups.
///
/// # Errors
/// `Locked` while no book is open.
pub fn status(app: &App, _: Nothing) -> Result<BackupStatus> {
    let book = app.book()?;
    let (book_path, shop_name) = (book.path.display().to_string(), book.facts().name);
    app.read(move |connection, _| {
        let last = store::backups::last(connection)?;
        Ok(BackupStatus {
            operations_since: store::book::operations_since_backup(connection)?,
            folder: last.as_ref().map(|backup| backup.folder.clone()),
            last: last.map(|backup| BackupView {
                path: backup.path,
                made_at: backup.made_at,
                sequence: backup.sequence,
                bytes: backup.bytes,
                customers: backup.customers,
                sales: backup.sales,
                is_open: true,
                shop_name,
            }),
            book_path,
        })
    })
}

/// Makes one verified backup in a folder.
///
/// # Errors
/// No folder known, a folder that cannot be written, a full stick; the backup before stays.
pub fn create(app: &App, input: NewBackup) -> Result<BackupView> {
    app.authorize("backup.create")?;
    let folder = match &input.folder {
        Some(folder) => app.granted("folder", folder)?,
        None => last_folder(app)?,
    };
    if !folder.is_dir() {
        return Err(ApiError::field("folder", "folder.missing"));
    }
    let book = app.book()?;
    let made = make(app, &book, &folder)?;
    let (path, folder_text) = (made.path.clone(), folder.display().to_string());
    let view = BackupView {
        path: path.display().to_string(),
        made_at: made.header.made_at,
        sequence: made.header.sequence,
        bytes: made.bytes,
        customers: made.counts.customers,
        sales: made.counts.sales,
        is_open: true,
        shop_name: book.facts().name,
    };
    let stored = view.clone();
    app.write(Op::new("backup.create").in_background(), move |tx, _| {
        store::backups::insert(tx, &stored, &folder_text, made.counts.audit_id)?;
        Ok(Written::many("backup").detail(json!({ "sequence": stored.sequence, "bytes": stored.bytes })))
    })?;
    crate::privacy::travel_with(&book, &folder)?;
    thin(&folder, &made.header.book, &path);
    Ok(view)
}

fn last_folder(app: &App) -> Result<PathBuf> {
    let last = app.read(|connection, _| store::backups::last(connection))?;
    last.map(|backup| PathBuf::from(backup.folder)).ok_or_else(|| ApiError::field("folder", "folder.missing"))
}

struct Made {
    path: PathBuf,
    header: Header,
    counts: Counts,
    bytes: u64,
}

fn make(app: &App, book: &Book, folder: &Path) -> Result<Made> {
    let _one_at_a_time = book.backing_up.lock().map_err(ApiError::internal)?;
    // Nothing that takes longer in a larger shop is asked of the book itself: the counter would wait for it.
    let (sequence, schema, last) = book.thread.run(Priority::Background, |owned| {
        let connection = &owned.connection;
        store::connection::hold_still(connection)?;
        let sequence = store::backups::last(connection)?.map_or(0, |backup| backup.sequence) + 1;
        Ok((sequence, store::migrate::version(connection)?, LastAct::of(connection)?))
    })?;
    let facts = book.facts();
    let header = Header {
        format: file::FORMAT,
        app: env!("CARGO_PKG_VERSION").into(),
        schema,
        made_at: app.now(),
        sequence,
        book: facts.uuid,
        // Unarmed: whoever has the file can read it, and its name says so.
        open_key: Some(book.key.to_hex()),
    };
    let written = write_verified(book, folder, header, &last);
    book.thread.run(Priority::Background, |owned| store::connection::move_again(&owned.connection))?;
    written
}

/// Temp name → sync → read back and compare, while the book itself, which stands still, is looked through and counted →
/// trailer and seal, read back as well → rename to a name that did not exist → sync the folder.
fn write_verified(book: &Book, folder: &Path, header: Header, last: &LastAct) -> Result<Made> {
    let name = format!("熟客簿-{}-{:04}-未上锁", header.made_at.utc().format("%Y%m%dT%H%M%SZ"), header.sequence);
    let temporary = folder.join(format!(".{name}.part"));
    let written = (|| {
        let (begun, counts) = std::thread::scope(|threads| {
            let looking = threads.spawn(|| {
                step_back();
                soundness::look_through(&book.path, &book.key, depth(header.sequence), Counts::of)
            });
            let writing = threads.spawn(|| {
                step_back();
                let begun = file::begin(&temporary, book, &header)?;
                begun.read_back(&temporary)?;
                Ok(begun)
            });
            let ended = || ApiError::internal("a backup ended early");
            (writing.join().unwrap_or_else(|_| Err(ended())), looking.join().unwrap_or_else(|_| Err(ended())))
        });
        let (begun, counts) = (begun?, counts?);
        if !last.is_in(&counts) {
            return Err(ApiError::new(ErrorCode::Damaged, "book.damaged"));
        }
        let bytes = begun.seal(&temporary, &book.key, &counts)?;
        let path = crate::files::free_name(folder, &name, "shukebak");
        std::fs::rename(&temporary, &path)?;
        files::sync_folder_of(&path)?;
        Ok(Made { path, header, counts, bytes })
    })();
    if written.is_err() {
        let _ = std::fs::remove_file(&temporary);
    }
    written
}

/// A backup works on as many threads as a small computer has; whoever waits at the counter goes before all of them. Threads
/// that this one starts step back with it.
fn step_back() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(10);
}

/// Every backup is proved by its rows; of the five that stay in a folder one is by the indexes, too. A restore would make
/// those of the rows where they do not fit, so that none depends on them, but the shop should learn of it.
fn depth(sequence: i64) -> Depth {
    let rounds = i64::try_from(KEPT).unwrap_or(1);
    if sequence % rounds == 1 { Depth::Indexes } else { Depth::Rows }
}

/// The last act that the book has in its log: a copy without it is older than the book.
struct LastAct {
    id: i64,
    seal: String,
}

impl LastAct {
    fn of(connection: &Connection) -> Result<Self> {
        let seal = crate::keys::to_hex(&store::audit::head(connection)?);
        Ok(Self { id: store::book::last_operation(connection)?, seal })
    }

    fn is_in(&self, counts: &Counts) -> bool {
        (self.id, &self.seal) == (counts.audit_id, &counts.audit_head)
    }
}

/// Puts the open book into a backup that was made of it before, as it is now and unseen, as anybody can who has its key.
///
/// # Errors
/// While no book is open.
#[cfg(feature = "for-tests")]
pub fn seal_unseen_for_tests(app: &App, path: &Path) -> Result<()> {
    let book = app.book()?;
    let header = file::read_header(path)?;
    let counts = book.thread.run(Priority::Background, |owned| {
        store::connection::fold_log(&owned.connection)?;
        Counts::of(&owned.connection)
    })?;
    file::begin(path, &book, &header)?.seal(path, &book.key, &counts)?;
    Ok(())
}

/// Looks through a backup as a restore would, without keeping anything.
///
/// # Errors
/// A file that is no backup, is cut short or was changed.
pub fn verify(app: &App, input: BackupFile) -> Result<BackupView> {
    let path = app.granted("file", &input.file)?;
    verify_file(&path, app.book().ok().map(|book| book.key.clone()))
}

/// Looks through a backup file; a key is needed only for one without an open slot.
///
/// # Errors
/// A file that is no backup, is cut short or was changed.
pub fn verify_file(path: &Path, key: Option<BookKey>) -> Result<BackupView> {
    let checked = check_file(path, key)?;
    Ok(BackupView {
        path: path.display().to_string(),
        made_at: checked.header.made_at,
        sequence: checked.header.sequence,
        bytes: checked.bytes,
        customers: checked.counts.customers,
        sales: checked.counts.sales,
        is_open: checked.header.open_key.is_some(),
        shop_name: checked.shop_name,
    })
}

/// A backup that has been read whole.
struct Checked {
    header: Header,
    counts: Counts,
    bytes: u64,
    shop_name: String,
}

/// Seal and digest of the whole file, then the book inside: that it holds nothing but rows, and that it is whole.
fn check_file(path: &Path, key: Option<BookKey>) -> Result<Checked> {
    let (staged, contents) = Staged::of(path, key, path)?;
    restore::open_of_our_form(&staged.path, &contents)?;
    let shop_name = check_book(&staged, &contents.key, &contents.counts)?;
    Ok(Checked { header: contents.header, counts: contents.counts, bytes: std::fs::metadata(path)?.len(), shop_name })
}

/// The book of a backup: every page's own seal, structure, counts. Answers the shop's name.
fn check_book(staged: &Staged, key: &BookKey, counts: &Counts) -> Result<String> {
    soundness::look_through(&staged.path, key, Depth::Indexes, |connection| {
        if Counts::of(connection)? != *counts {
            return Err(ApiError::new(ErrorCode::Damaged, "backup.damaged"));
        }
        Ok(store::book::facts(connection)?.name)
    })
}

/// Removes all but the newest backups of this book from a folder; the one just verified always stays.
fn thin(folder: &Path, book: &str, newest: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut ours: Vec<(Timestamp, i64, PathBuf)> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "shukebak") && path != newest)
        .filter_map(|path| file::read_header(&path).ok().map(|header| (header, path)))
        .filter(|(header, _)| header.book == book)
        .map(|(header, path)| (header.made_at, header.sequence, path))
        .collect();
    ours.sort_by_key(|copy| std::cmp::Reverse((copy.1, copy.0)));
    for (_, _, path) in ours.into_iter().skip(KEPT - 1) {
        if std::fs::remove_file(&path).is_err() {
            log::warn!("an old backup could not be removed");
        }
    }
}
