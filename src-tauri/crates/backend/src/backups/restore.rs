//! Restore: authenticate, stage in a private folder, open hardened, compare the schema with our own, build a new book
//! by our own migrations and copy the rows. A foreign file is never opened as the book: triggers and views of a
//! stranger would run in it.

use super::file::{self, Contents, Counts};
use crate::api::backups::BackupRestore;
use crate::api::books::{BookInfo, Nothing};
use crate::app::App;
use crate::error::{ApiError, ErrorCode, Result};
use crate::keys::BookKey;
use crate::store::{backups as rows, connection, migrate};
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
    let staged = Staged::from(file, known_key)?;
    let building = migrate::beside(target, "restoring");
    let built = build(&staged, &building);
    if let Err(error) = built {
        remove_book(&building);
        return Err(error);
    }
    let key = staged.contents.key.clone();
    crate::keys::write_key_beside(target, &key)?;
    std::fs::rename(&building, target)?;
    crate::files::sync_folder_of(target)?;
    crate::keys::write_slots(target, &key)?;
    // Whoever was erased after this backup was made is erased again when the book is first opened.
    crate::privacy::carry_over(file, target, None)?;
    Ok(key)
}

/// A new book of the backup's form with the backup's rows, brought up to date.
fn build(staged: &Staged, building: &Path) -> Result<()> {
    let contents = &staged.contents;
    remove_book(building);
    let mut book = connection::create(building, &contents.key)?;
    let newest = migrate::newest(&migrate::runner());
    if contents.header.schema > newest {
        return Err(ApiError::new(ErrorCode::NotAllowedNow, "backup.newer"));
    }
    migrate::apply_up_to(&mut book, contents.header.schema)?;
    {
        let source = staged.open()?;
        if migrate::fingerprint(&source)? != migrate::fingerprint(&book)? {
            return Err(ApiError::new(ErrorCode::Damaged, "backup.foreign_schema"));
        }
    }
    rows::copy_all(&mut book, &staged.path, &contents.key)?;
    if Counts::of(&book)? != contents.counts {
        return Err(ApiError::new(ErrorCode::Damaged, "backup.damaged"));
    }
    if crate::store::audit::first_broken(&book, &contents.key)?.is_some() {
        return Err(ApiError::new(ErrorCode::Damaged, "backup.damaged"));
    }
    migrate::apply(&mut book, &migrate::runner())?;
    migrate::verify(&book)?;
    connection::fold_log(&book)
}

/// The book of a backup, laid out in a private folder that goes with this value.
pub(super) struct Staged {
    pub contents: Contents,
    path: PathBuf,
    folder: PathBuf,
}

impl Staged {
    /// Reads a backup whole and lays its book out.
    pub(super) fn from(file: &Path, known_key: Option<BookKey>) -> Result<Self> {
        let folder = private_folder(file)?;
        let path = folder.join("staged.shukebu");
        let laid_out = (|| {
            let mut out = std::fs::File::create(&path)?;
            let contents = file::read(file, known_key, |block| out.write_all(block))?;
            out.sync_all()?;
            Ok(contents)
        })();
        match laid_out {
            Ok(contents) => Ok(Self { contents, path, folder }),
            Err(error) => {
                let _ = std::fs::remove_dir_all(&folder);
                Err(error)
            }
        }
    }

    /// Opens the laid out book for reading only, trusting nothing in it.
    pub(super) fn open(&self) -> Result<Connection> {
        connection::open_for_reading(&self.path, &self.contents.key)
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A folder beside the backup, or in the system's temporary place when that cannot be written. What lies in it is
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
