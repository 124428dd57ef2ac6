//! Restore: authenticate, stage in a private folder, open hardened, compare the schema with our own, build a new book
//! by our own migrations and copy the rows. A foreign file is never opened as the book: triggers and views of a
//! stranger would run in it.

use super::file::{self, Contents, Counts};
use crate::api::backups::BackupRestore;
use crate::api::books::{BookInfo, Nothing};
use crate::app::App;
use crate::error::{ApiError, ErrorCode, Result};
use crate::keys::BookKey;
use crate::store::backups::{self as rows, Copying};
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
    let built = match build(&staged, &contents, &building, Copying::WithIndexes) {
        // Rows come with their indexes as they are stored. Where only those are wrong nothing is lost.
        Err(error) if error.key == "book.damaged" => build(&staged, &contents, &building, Copying::RowsAlone),
        built => built,
    };
    if let Err(error) = built {
        remove_book(&building);
        return Err(error);
    }
    let key = contents.key;
    crate::keys::write_key_beside(target, &key)?;
    std::fs::rename(&building, target)?;
    crate::files::sync_folder_of(target)?;
    crate::keys::write_slots(target, &key)?;
    // Whoever was erased after this backup was made is erased again when the book is first opened.
    crate::privacy::carry_over(file, target, None)?;
    Ok(key)
}

/// A new book of the backup's form with the backup's rows, brought up to date; then looked through as it lies on the disk.
fn build(staged: &Staged, contents: &Contents, building: &Path, copying: Copying) -> Result<()> {
    remove_book(building);
    let mut book = connection::create_unflushed(building, &contents.key)?;
    let newest = migrate::newest(&migrate::runner());
    if contents.header.schema > newest {
        return Err(ApiError::new(ErrorCode::NotAllowedNow, "backup.newer"));
    }
    migrate::apply_up_to(&mut book, contents.header.schema)?;
    {
        let source = staged.open(&contents.key)?;
        if migrate::fingerprint(&source)? != migrate::fingerprint(&book)? {
            return Err(ApiError::new(ErrorCode::Damaged, "backup.foreign_schema"));
        }
    }
    rows::copy_all(&mut book, &staged.path, &contents.key, copying)?;
    migrate::apply(&mut book, &migrate::runner())?;
    drop(book);
    std::fs::File::options().write(true).open(building)?.sync_all()?;
    let is_whole = soundness::look_through(building, &contents.key, Depth::Indexes, |book| {
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

    /// Opens the laid out book for reading only, trusting nothing in it.
    fn open(&self, key: &BookKey) -> Result<Connection> {
        connection::open_standing_still(&self.path, key)
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
    let folder = match beside.filter(|folder| std::fs::create_dir(folder).is_ok()) {
        Some(folder) => folder,
        None => {
            let folder = std::env::temp_dir().join(&name);
            std::fs::create_dir(&folder)?;
            folder
        }
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(folder)
}

fn remove_book(path: &Path) {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    for leftover in [path.to_owned(), PathBuf::from(log)] {
        let _ = std::fs::remove_file(leftover);
    }
}
