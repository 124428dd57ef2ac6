//! Restore: authenticate, lay out in a private folder, open hardened, compare the form with our own to the last letter, look
//! everything through. A file that holds more than rows is never opened as the book: triggers and views of a stranger would
//! run in it. Where only indexes are wrong a new book is built by our own migrations from the rows.

use super::file::{self, Contents, Counts};
use crate::api::backups::BackupRestore;
use crate::api::books::{BookInfo, Nothing};
use crate::app::App;
use crate::error::{ApiError, ErrorCode, Result};
use crate::keys::BookKey;
use crate::store::backups as rows;
use crate::store::form::{self, Form};
use crate::store::soundness::{self, Depth};
use crate::store::{connection, migrate};
use rusqlite::Connection;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Restores a backup into a new place and opens it.
///
/// # Errors
/// As [`restore_to`].
pub fn restore(app: &App, input: BackupRestore) -> Result<BookInfo> {
    let file = app.granted("file", &input.file)?;
    let target = app.granted("target", &input.target)?;
    let target = if target.is_dir() { crate::books::free_path(&target, "熟客簿") } else { target };
    let in_use = app.book().ok();
    let known_key = in_use.as_ref().map(|book| book.key.clone());
    let key = restore_to(&file, &target, known_key)?;
    crate::privacy::carry_over(&file, &target, in_use.as_ref().map(|book| book.path.as_path()))?;
    drop(in_use);
    app.open_book(&target, key)?;
    crate::books::remember(app, |memory| memory.last_book = Some(target))?;
    crate::books::info(app, Nothing {})
}

/// Restores a backup file into a new book at a path where nothing is; the key is put beside it.
///
/// # Errors
/// A file that is no backup, is cut short, was changed or is newer; a target that exists.
pub fn restore_to(file: &Path, target: &Path, known_key: Option<BookKey>) -> Result<BookKey> {
    if target.exists() {
        return Err(ApiError::new(ErrorCode::Conflict, "book.exists").with("path", target.display()));
    }
    if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let (staged, contents) = Staged::of(file, known_key, target)?;
    let building = crate::files::beside(target, "restoring");
    let whole = if take_over(&staged, &contents)? {
        &staged.path
    } else {
        build(&staged, &contents, &building).inspect_err(|_| remove_book(&building))?;
        &building
    };
    let key = contents.key;
    crate::keys::write_key_beside(target, &key)?;
    std::fs::rename(whole, target)?;
    crate::files::sync_folder_of(target)?;
    crate::keys::write_slots(target, &key)?;
    // Whoever was erased after this backup was made is erased again when the book is first opened.
    crate::privacy::carry_over(file, target, None)?;
    Ok(key)
}

/// Makes the laid out book the restored one: nothing in it is a stranger's but rows, everything is whole and durable. Answers
/// whether it is; no, where something is damaged, if only an index.
fn take_over(staged: &Staged, contents: &Contents) -> Result<bool> {
    let (path, key, version) = (&staged.path, &contents.key, contents.header.schema);
    let has_statistics = form::has_statistics(&open_of_our_form(path, contents)?)?;
    let is_old = version < migrate::newest(&migrate::runner());
    // Whatever a migration makes of rows, it makes of whole ones.
    if is_old && !is_sound(soundness::look_through(path, key, Depth::Indexes, |_| Ok(())))? {
        return Ok(false);
    }
    if is_old || has_statistics {
        let mut book = connection::open_unflushed(path, key)?;
        form::forget_statistics(&book)?;
        migrate::apply(&mut book, &migrate::runner())?;
    }
    std::thread::scope(|threads| {
        let flushing = threads.spawn(|| flush(path));
        let proved = prove(path, contents);
        flushing.join().unwrap_or_else(|_| Err(ApiError::internal("a flush ended early")))?;
        if is_old { proved.map(|()| true) } else { is_sound(proved) }
    })
}

/// Opens the laid out book for reading only, when nothing in it is a stranger's but rows.
pub(super) fn open_of_our_form(path: &Path, contents: &Contents) -> Result<Connection> {
    let version = contents.header.schema;
    if version > migrate::newest(&migrate::runner()) {
        return Err(ApiError::new(ErrorCode::NotAllowedNow, "backup.newer"));
    }
    let book = connection::open_standing_still(path, &contents.key)?;
    if Form::of(&book)? == Form::of_version(version)? {
        Ok(book)
    } else {
        Err(ApiError::new(ErrorCode::Damaged, "backup.foreign_schema"))
    }
}

/// No where something is damaged; every other refusal stays one.
fn is_sound(looked: Result<()>) -> Result<bool> {
    match looked {
        Ok(()) => Ok(true),
        Err(error) if error.key == "book.damaged" => Ok(false),
        Err(error) => Err(error),
    }
}

/// A new book of the backup's form with the backup's rows, brought up to date; then looked through as it lies on the disk.
fn build(staged: &Staged, contents: &Contents, building: &Path) -> Result<()> {
    remove_book(building);
    let mut book = connection::create_unflushed(building, &contents.key)?;
    migrate::apply_up_to(&mut book, contents.header.schema)?;
    rows::copy_all(&mut book, &staged.path, &contents.key)?;
    migrate::apply(&mut book, &migrate::runner())?;
    drop(book);
    flush(building)?;
    prove(building, contents)
}

fn flush(path: &Path) -> Result<()> {
    Ok(std::fs::File::options().write(true).open(path)?.sync_all()?)
}

/// Whether a book is whole, holds what the backup said and has a log without a gap.
fn prove(path: &Path, contents: &Contents) -> Result<()> {
    let is_whole = soundness::look_through(path, &contents.key, Depth::Indexes, |book| {
        Ok(Counts::of(book)? == contents.counts && crate::store::audit::first_broken(book, &contents.key)?.is_none())
    })?;
    if is_whole { Ok(()) } else { Err(ApiError::new(ErrorCode::Damaged, "backup.damaged")) }
}

/// The book of a backup, laid out in a private folder that goes with this value. Nothing of it has to be durable.
pub(super) struct Staged {
    pub path: PathBuf,
    folder: PathBuf,
}

impl Staged {
    /// Reads a backup whole and lays its book out, beside a file that will be or is there.
    pub(super) fn of(file: &Path, known_key: Option<BookKey>, beside: &Path) -> Result<(Self, Contents)> {
        let folder = private_folder(beside)?;
        let staged = Self { path: folder.join("staged.shukebu"), folder };
        let mut out = std::fs::File::create(&staged.path)?;
        let contents = file::read(file, known_key, |block| out.write_all(block))?;
        Ok((staged, contents))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A folder beside a file, or in the system's temporary place when that cannot be written. What lies in it is
/// encrypted.
fn private_folder(file: &Path) -> Result<PathBuf> {
    let name = format!(".shukebu-{}", crate::keys::to_hex(&BookKey::generate()?.mac("folder", &[])[..8]));
    let beside = file.parent().map(|folder| folder.join(&name));
    let folder = match beside.filter(|folder| crate::files::private_folder(folder).is_ok()) {
        Some(folder) => folder,
        None => {
            let folder = std::env::temp_dir().join(&name);
            crate::files::private_folder(&folder)?;
            folder
        }
    };
    Ok(folder)
}

fn remove_book(path: &Path) {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    for leftover in [path.to_owned(), PathBuf::from(log)] {
        let _ = std::fs::remove_file(leftover);
    }
}
