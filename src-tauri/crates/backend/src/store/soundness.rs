//! Whether a book that stands still is whole: the seal of every page, its structure, its rows, what they refer to, the
//! conditions of their tables, and whether its indexes say the same as its rows.

use super::{connection, references};
use crate::error::{ApiError, ErrorCode, Result};
use crate::keys::BookKey;
use rusqlite::Connection;
use std::path::Path;

/// How closely a book is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// All that rows are made of: the seal of every page in use, every tree, how many entries every index has, every row by
    /// the types and checks of its table, every reference.
    Rows,
    /// And that each row stands in each index where it belongs, which takes longer than all the rest. An index that says
    /// otherwise can be made anew from the rows.
    Indexes,
}

impl Depth {
    /// What the engine is asked, and how much memory it gets for it in KiB. Trees are walked from end to end, which needs
    /// little; entries of an index are met in the order of the rows, and without room for it a page would be opened for
    /// each entry and not once.
    fn question(self) -> (&'static str, &'static str) {
        match self {
            Self::Rows => ("PRAGMA quick_check(1)", "-65536"),
            Self::Indexes => ("PRAGMA integrity_check(1)", "-163840"),
        }
    }
}

/// Looks a whole book through that nobody writes meanwhile, and asks `rows` of it. Both connections are new: every page in
/// use is read from the file, and with that its own seal is checked. What rows refer to and what else their tables ask of them is
/// looked at beside the trees: it walks the same tables, but needs no page of an index.
pub(crate) fn look_through<T: Send>(
    path: &Path,
    key: &BookKey,
    depth: Depth,
    rows: impl FnOnce(&Connection) -> Result<T> + Send,
) -> Result<T> {
    std::thread::scope(|threads| {
        let asked = threads.spawn(|| {
            let connection = connection::open_standing_still(path, key)?;
            if references::all_rows_hold(&connection)? { rows(&connection) } else { Err(damaged()) }
        });
        let trees = has_whole_trees(path, key, depth);
        let asked = asked.join().unwrap_or_else(|_| Err(ApiError::internal("looking through ended early")));
        if trees? { asked } else { Err(damaged()) }
    })
}

fn has_whole_trees(path: &Path, key: &BookKey, depth: Depth) -> Result<bool> {
    let connection = connection::open_standing_still(path, key)?;
    let (question, memory) = depth.question();
    connection.pragma_update(None, "cache_size", memory)?;
    let verdict: String = connection.query_row(question, [], |row| row.get(0))?;
    Ok(verdict == "ok")
}

fn damaged() -> ApiError {
    ApiError::new(ErrorCode::Damaged, "book.damaged")
}
