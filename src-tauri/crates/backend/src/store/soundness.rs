//! Whether a closed book is whole: its structure and indexes, what its rows refer to, and the seal of every page.

use super::connection;
use crate::error::{ApiError, ErrorCode, Result};
use crate::keys::BookKey;
use rusqlite::Connection;
use std::path::Path;

/// Memory of each of the two looks, in KiB: a page is read and its seal checked once, not once for each entry of an index
/// that points at it.
const CACHE: &str = "-131072";

/// Looks a whole closed book through as it lies on the disk, and asks `rows` of it while its pages are still in memory.
///
/// One connection walks structure and indexes, and meanwhile another follows what rows refer to: neither needs to know
/// what the other found, and a large book takes minutes of one processor. Both are new, so every page that is in use is
/// read from the disk, and with that its own seal is checked.
pub(crate) fn look_through<T: Send>(
    path: &Path,
    key: &BookKey,
    rows: impl FnOnce(&Connection) -> Result<T> + Send,
) -> Result<T> {
    std::thread::scope(|threads| {
        let references = threads.spawn(|| {
            let connection = opened(path, key)?;
            if connection.prepare("PRAGMA foreign_key_check")?.exists([])? {
                return Err(damaged());
            }
            rows(&connection)
        });
        let structure = has_sound_structure(path, key);
        let found = references.join().unwrap_or_else(|_| Err(ApiError::internal("looking through ended early")));
        if structure? { found } else { Err(damaged()) }
    })
}

fn has_sound_structure(path: &Path, key: &BookKey) -> Result<bool> {
    let verdict: String = opened(path, key)?.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    Ok(verdict == "ok")
}

fn opened(path: &Path, key: &BookKey) -> Result<Connection> {
    let connection = connection::open_for_reading(path, key)?;
    connection.pragma_update(None, "cache_size", CACHE)?;
    Ok(connection)
}

fn damaged() -> ApiError {
    ApiError::new(ErrorCode::Damaged, "book.damaged")
}
