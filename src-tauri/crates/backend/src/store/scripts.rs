//! The shop's own words for its scripts.

use crate::error::Result;
use rusqlite::{Connection, Transaction, named_params};
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;

/// Every script that the shop wrote itself, by its name.
pub(crate) fn all(connection: &Connection) -> Result<BTreeMap<String, String>> {
    let mut statement = connection.prepare_cached("SELECT name, text FROM complaint_scripts ORDER BY name")?;
    let rows = statement.query_map([], |row| Ok((row.get("name")?, row.get("text")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Keeps the words of a script; without any the usual ones are used again.
pub(crate) fn set(tx: &Transaction, name: &str, text: Option<&str>, at: Timestamp) -> Result<()> {
    match text {
        Some(text) => tx.execute(
            "INSERT INTO complaint_scripts (name, text, updated_at) VALUES (:name, :text, :at)
             ON CONFLICT (name) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at",
            named_params! { ":name": name, ":text": text, ":at": at.millis() },
        )?,
        None => tx.execute("DELETE FROM complaint_scripts WHERE name = :name", named_params! { ":name": name })?,
    };
    Ok(())
}
