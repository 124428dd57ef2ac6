//! Imports as they can be taken back: the journal that is kept while one runs, what hangs on it later, and the way
//! back.

mod back;
mod form;
mod journal;

pub(crate) use back::{Obstacle, obstacles, take_back};
pub(crate) use journal::Journal;

use crate::error::Result;
use crate::store;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{ImportId, StaffId};
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;

/// An import that was done.
pub(crate) struct StoredImport {
    pub id: ImportId,
    pub kind: String,
    pub file_name: String,
    pub imported_at: Timestamp,
    pub staff: Option<String>,
    /// JSON with the counts.
    pub report: String,
    pub undone_at: Option<Timestamp>,
    pub undone_by: Option<String>,
    /// Whether what it brought was noted.
    pub is_noted: bool,
    /// The last row of the log before its own.
    pub audit_before: i64,
}

const COLUMNS: &str = "imports.id, imports.kind, imports.file_name, imports.imported_at, imports.report,
        imports.undone_at, staff.name AS staff, undoer.name AS undone_by,
        imports.audit_id IS NOT NULL AS is_noted, coalesce(imports.audit_id, 0) AS audit_before
 FROM imports
 LEFT JOIN staff ON staff.id = imports.staff_id
 LEFT JOIN staff AS undoer ON undoer.id = imports.undone_by";

fn read(row: &Row) -> rusqlite::Result<StoredImport> {
    Ok(StoredImport {
        id: ImportId(row.get("id")?),
        kind: row.get("kind")?,
        file_name: row.get("file_name")?,
        imported_at: store::instant(row, "imported_at")?,
        staff: row.get("staff")?,
        report: row.get("report")?,
        undone_at: row.get::<_, Option<i64>>("undone_at")?.map(Timestamp::from_millis),
        undone_by: row.get("undone_by")?,
        is_noted: row.get("is_noted")?,
        audit_before: row.get("audit_before")?,
    })
}

/// Imports, the newest first.
pub(crate) fn list(connection: &Connection, limit: u32) -> Result<Vec<StoredImport>> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} ORDER BY imports.id DESC LIMIT :limit"))?;
    let rows = statement.query_map(named_params! { ":limit": limit }, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One import.
pub(crate) fn get(connection: &Connection, id: ImportId) -> Result<Option<StoredImport>> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} WHERE imports.id = :id"))?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, read).optional()?)
}

/// New rows by table, as far as they are still there.
pub(crate) fn brought(connection: &Connection, id: ImportId) -> Result<BTreeMap<String, i64>> {
    let mut counts = BTreeMap::new();
    for range in back::ranges(connection, id)? {
        counts.insert(range.table.clone(), range.count(connection)?);
    }
    Ok(counts)
}

/// Rows that were there before and were changed, by table.
pub(crate) fn changed(connection: &Connection, id: ImportId) -> Result<BTreeMap<String, i64>> {
    let mut statement = connection.prepare_cached(
        "SELECT table_name, count(DISTINCT row_id) AS count
         FROM import_changes
         WHERE import_id = :id AND before IS NOT NULL
         GROUP BY table_name",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Notes that an import was taken back; what was kept for that is not needed any more.
pub(crate) fn mark_undone(tx: &Transaction, id: ImportId, staff: StaffId, at: Timestamp) -> Result<()> {
    tx.execute("DELETE FROM import_changes WHERE import_id = :id", named_params! { ":id": id.0 })?;
    tx.execute("DELETE FROM import_ranges WHERE import_id = :id", named_params! { ":id": id.0 })?;
    tx.execute(
        "UPDATE imports SET undone_at = :at, undone_by = :staff WHERE id = :id",
        named_params! { ":id": id.0, ":at": at.millis(), ":staff": staff.0 },
    )?;
    Ok(())
}
