//! Brings a book to the form that this program writes. A new book gets every migration in place; an older one is
//! copied, the copy is migrated in one transaction and verified, and only then takes the old one's place, which is
//! kept beside it. A newer book is refused.

use super::connection;
use super::soundness::{self, Depth};
use crate::error::{ApiError, ErrorCode, Result};
use crate::files::beside;
use crate::keys::BookKey;
use refinery::Runner;
use rusqlite::Connection;
use std::path::Path;

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// All migrations, oldest first.
pub(crate) fn runner() -> Runner {
    embedded::migrations::runner().set_grouped(true).set_abort_divergent(true)
}

/// Version of the form that this program writes.
pub(crate) fn newest(runner: &Runner) -> i64 {
    runner.get_migrations().iter().map(|migration| i64::from(migration.version())).max().unwrap_or(0)
}

/// Version of the form of an open book; 0 before the first migration.
pub(crate) fn version(connection: &Connection) -> Result<i64> {
    let has_history: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'refinery_schema_history')",
        [],
        |row| row.get(0),
    )?;
    if !has_history {
        return Ok(0);
    }
    Ok(connection.query_row("SELECT coalesce(max(version), 0) FROM refinery_schema_history", [], |row| row.get(0))?)
}

/// Runs every migration that is missing, in one transaction. A table that is made anew is gone for a moment, and each
/// of its rows would be looked for wherever anything points at it; what points where is verified as a whole afterwards.
pub(crate) fn apply(connection: &mut Connection, runner: &Runner) -> Result<()> {
    connection.pragma_update(None, "foreign_keys", "OFF")?;
    let ran = runner.run(connection).map_err(|error| ApiError::internal(format!("migration: {error}")));
    connection.pragma_update(None, "foreign_keys", "ON")?;
    ran.map(|_| ())
}

/// Opens a book and brings it up to date first when it is older.
pub(crate) fn open_up_to_date(path: &Path, key: &BookKey, runner: &Runner) -> Result<Connection> {
    let opened = connection::open(path, key)?;
    let (found, newest) = (version(&opened)?, newest(runner));
    if found == newest {
        return Ok(opened);
    }
    if found > newest {
        return Err(ApiError::new(ErrorCode::NotAllowedNow, "book.newer").with("found", found).with("known", newest));
    }
    migrate_copy(opened, path, key, runner, found)?;
    connection::open(path, key)
}

fn migrate_copy(opened: Connection, path: &Path, key: &BookKey, runner: &Runner, found: i64) -> Result<()> {
    let copy_path = beside(path, "migrating");
    let kept_path = beside(path, &format!("before-v{}", found + 1));
    remove_if_there(&copy_path)?;
    // VACUUM INTO keeps the key and leaves nothing behind in a log.
    opened.execute("VACUUM INTO ?1", [copy_path.to_string_lossy()])?;
    drop(opened);
    let mut copy = connection::open(&copy_path, key)?;
    apply(&mut copy, runner)?;
    connection::fold_log(&copy)?;
    drop(copy);
    soundness::look_through(&copy_path, key, Depth::Indexes, |_| Ok(()))?;
    remove_if_there(&kept_path)?;
    std::fs::rename(path, &kept_path)?;
    std::fs::rename(&copy_path, path)?;
    crate::files::sync_folder_of(path)?;
    crate::keys::write_slots(path, key)
}

/// Runs the migrations up to a version, in one transaction.
pub(crate) fn apply_up_to(connection: &mut Connection, version: i64) -> Result<()> {
    let version = i32::try_from(version).map_err(ApiError::internal)?;
    apply(connection, &runner().set_target(refinery::Target::Version(version)))
}

fn remove_if_there(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error.into()),
    }
}
