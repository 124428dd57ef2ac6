//! Backups that were made, and the copying of rows into a restored book.

use crate::api::backups::BackupView;
use crate::error::{ApiError, ErrorCode, Result};
use crate::keys::BookKey;
use crate::store;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use shukebu_domain::time::Timestamp;
use std::path::Path;

/// A backup that was verified.
pub(crate) struct StoredBackup {
    pub sequence: i64,
    pub made_at: Timestamp,
    pub folder: String,
    pub path: String,
    pub bytes: u64,
    pub customers: i64,
    pub sales: i64,
}

/// The newest one.
pub(crate) fn last(connection: &Connection) -> Result<Option<StoredBackup>> {
    let mut statement = connection.prepare_cached(
        "SELECT sequence, made_at, folder, path, bytes, customers, sales FROM backups ORDER BY sequence DESC LIMIT 1",
    )?;
    Ok(statement
        .query_row([], |row| {
            Ok(StoredBackup {
                sequence: row.get("sequence")?,
                made_at: store::instant(row, "made_at")?,
                folder: row.get("folder")?,
                path: row.get("path")?,
                bytes: row.get::<_, i64>("bytes")?.unsigned_abs(),
                customers: row.get("customers")?,
                sales: row.get("sales")?,
            })
        })
        .optional()?)
}

/// Remembers a verified backup with the last operation inside it.
pub(crate) fn insert(tx: &Transaction, backup: &BackupView, folder: &str, audit_id: i64) -> Result<()> {
    tx.execute(
        "INSERT INTO backups (sequence, made_at, folder, path, bytes, customers, sales, audit_id)
         VALUES (:sequence, :made_at, :folder, :path, :bytes, :customers, :sales, :audit_id)",
        named_params! {
            ":sequence": backup.sequence, ":made_at": backup.made_at.millis(), ":folder": folder, ":path": backup.path,
            ":bytes": i64::try_from(backup.bytes).map_err(ApiError::internal)?, ":customers": backup.customers,
            ":sales": backup.sales, ":audit_id": audit_id,
        },
    )?;
    Ok(())
}

/// How many refunds there are.
pub(crate) fn refunds(connection: &Connection) -> Result<i64> {
    Ok(connection.query_row("SELECT count(*) FROM refunds", [], |row| row.get(0))?)
}

/// Copies every row of a staged book into an empty book of the same schema, in one transaction; the new book makes its
/// indexes of them. A stranger's rows are trusted only after [`store::soundness::look_through`] has looked at each.
pub(crate) fn copy_all(book: &mut Connection, staged: &Path, key: &BookKey) -> Result<()> {
    use rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER;
    book.execute("ATTACH DATABASE ?1 AS staged KEY ?2", (staged.to_string_lossy(), format!("x'{}'", key.to_hex())))?;
    book.pragma_update(None, "foreign_keys", "OFF")?;
    book.set_db_config(SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    let copied = copy_attached(book);
    book.set_db_config(SQLITE_DBCONFIG_ENABLE_TRIGGER, true)?;
    book.pragma_update(None, "foreign_keys", "ON")?;
    book.execute("DETACH DATABASE staged", [])?;
    copied
}

fn copy_attached(book: &mut Connection) -> Result<()> {
    let tx = book.transaction()?;
    let tables: Vec<String> = {
        let mut statement = tx.prepare(
            "SELECT name FROM main.sqlite_schema
             WHERE type = 'table' AND name <> 'refinery_schema_history' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
             ORDER BY rowid",
        )?;
        let names = statement.query_map([], |row| row.get("name"))?;
        names.collect::<rusqlite::Result<_>>()?
    };
    for table in &tables {
        // The names come from our own schema. A migration may have put rows into the empty book. Whatever picks rows out
        // keeps the engine from taking the pages of an index over.
        tx.execute_batch(&format!(
            "DELETE FROM main.\"{table}\"; INSERT INTO main.\"{table}\" SELECT * FROM staged.\"{table}\" NOT INDEXED WHERE TRUE;"
        ))
        .map_err(refusal)?;
    }
    tx.execute_batch(
        "DELETE FROM main.sqlite_sequence;
         INSERT INTO main.sqlite_sequence (name, seq) SELECT name, seq FROM staged.sqlite_sequence;",
    )?;
    tx.commit()?;
    Ok(())
}

/// A row that its own table refuses is damage, be it that another one stands already where only one may.
fn refusal(error: rusqlite::Error) -> ApiError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation) => ApiError::new(ErrorCode::Damaged, "backup.damaged"),
        _ => error.into(),
    }
}
