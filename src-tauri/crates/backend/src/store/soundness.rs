//! Whether a closed book is whole: its structure and indexes, what its rows refer to, and the seal of every page.

use super::connection;
use crate::error::{ApiError, ErrorCode, Result};
use crate::keys::BookKey;
use rusqlite::Connection;
use std::path::Path;

/// Memory in which a book is looked through, in KiB: every page is read and its seal checked once, not once for each entry
/// of an index that points at it.
const CACHE: &str = "-131072";

/// Looks a whole closed book through as it lies on the disk, and asks `rows` of it while its pages are still in memory. The
/// connection is new: every page that is in use is read from the disk, and with that its own seal is checked.
pub(crate) fn look_through<T>(path: &Path, key: &BookKey, rows: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    let connection = connection::open_for_reading(path, key)?;
    connection.pragma_update(None, "cache_size", CACHE)?;
    let verdict: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" || connection.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Err(ApiError::new(ErrorCode::Damaged, "book.damaged"));
    }
    rows(&connection)
}
