//! The whole shop as one JSON. Importing it into a new book and exporting again gives the same bytes, apart from the
//! moment of the export.
//!
//! Rows stand one to a line, tables by name. The log of the book stays behind: it is chained to the key of its file,
//! and the new book begins its own.

use crate::app::Moment;
use crate::error::Result;
use crate::store;
use rusqlite::Transaction;
use std::io::Write;

/// What the file says it is.
pub(crate) const FORMAT: &str = "shukebu-everything";

pub(super) fn write(tx: &Transaction, moment: &Moment, mut out: impl Write) -> Result<u64> {
    let schema = store::migrate::version(tx)?;
    let exported_at = serde_json::to_string(&moment.now)?;
    write!(out, "{{\"format\":\"{FORMAT}\",\"schema\":{schema},\"exported_at\":{exported_at},\"tables\":{{")?;
    let mut count = 0;
    for (position, table) in store::everything::tables(tx)?.iter().enumerate() {
        out.write_all(if position > 0 { b"\n],\n\"" } else { b"\n\"" })?;
        write!(out, "{table}\":[")?;
        let mut is_first = true;
        store::everything::rows(tx, table, |row| {
            out.write_all(if is_first { b"\n" } else { b",\n" })?;
            is_first = false;
            count += 1;
            Ok(out.write_all(row.as_bytes())?)
        })?;
    }
    out.write_all(b"\n]\n}}\n")?;
    out.flush()?;
    Ok(count)
}
