//! Files kept with customers, in slices.

use crate::api::details::AttachmentView;
use crate::error::{ApiError, Result};
use crate::store;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{AttachmentId, CustomerId, StaffId};
use shukebu_domain::time::Timestamp;

/// Bytes of one slice.
pub(crate) const SLICE: usize = 256 * 1024;

/// Adds a file.
pub(crate) fn insert(
    tx: &Transaction,
    customer: CustomerId,
    name: &str,
    content: &[u8],
    (staff, at): (StaffId, Timestamp),
) -> Result<AttachmentId> {
    tx.execute(
        "INSERT INTO attachments (customer_id, name, bytes, added_at, staff_id)
         VALUES (:customer, :name, :bytes, :at, :staff)",
        named_params! {
            ":customer": customer.0, ":name": name, ":bytes": i64::try_from(content.len()).map_err(ApiError::internal)?,
            ":at": at.millis(), ":staff": staff.0,
        },
    )?;
    let id = AttachmentId(tx.last_insert_rowid());
    for (position, slice) in content.chunks(SLICE).enumerate() {
        tx.prepare_cached(
            "INSERT INTO attachment_slices (attachment_id, position, content) VALUES (:id, :position, :content)",
        )?
        .execute(named_params! {
            ":id": id.0, ":position": i64::try_from(position).unwrap_or(i64::MAX), ":content": slice,
        })?;
    }
    Ok(id)
}

/// Files of a customer, newest first.
pub(crate) fn of_customer(connection: &Connection, id: CustomerId, limit: i64) -> Result<Vec<AttachmentView>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, name, bytes, added_at
         FROM attachments
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
         ORDER BY id DESC
         LIMIT :limit",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0, ":limit": limit }, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Bytes that a customer's files take.
pub(crate) fn bytes_of_customer(connection: &Connection, id: CustomerId) -> Result<i64> {
    let mut statement =
        connection.prepare_cached("SELECT coalesce(sum(bytes), 0) AS n FROM attachments WHERE customer_id = :id")?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, |row| row.get("n"))?)
}

fn read(row: &Row) -> rusqlite::Result<AttachmentView> {
    Ok(AttachmentView {
        id: AttachmentId(row.get("id")?),
        name: row.get("name")?,
        bytes: row.get("bytes")?,
        added_at: store::instant(row, "added_at")?,
    })
}

/// One file, without its content.
///
/// # Errors
/// `NotFound`.
pub(crate) fn get(connection: &Connection, id: AttachmentId) -> Result<AttachmentView> {
    let mut statement =
        connection.prepare_cached("SELECT id, name, bytes, added_at FROM attachments WHERE id = :id")?;
    let found = statement.query_row(named_params! { ":id": id.0 }, read).optional()?;
    found.ok_or_else(|| ApiError::not_found("attachment"))
}

/// One slice; `None` past the last.
pub(crate) fn slice(connection: &Connection, id: AttachmentId, position: i64) -> Result<Option<Vec<u8>>> {
    let mut statement = connection
        .prepare_cached("SELECT content FROM attachment_slices WHERE attachment_id = :id AND position = :position")?;
    Ok(statement
        .query_row(named_params! { ":id": id.0, ":position": position }, |row| row.get("content"))
        .optional()?)
}

/// Removes a file with its content.
pub(crate) fn remove(tx: &Transaction, id: AttachmentId) -> Result<()> {
    tx.execute("DELETE FROM attachment_slices WHERE attachment_id = :id", named_params! { ":id": id.0 })?;
    tx.execute("DELETE FROM attachments WHERE id = :id", named_params! { ":id": id.0 })?;
    Ok(())
}
