//! Files kept with customers and with cases, in slices.

use crate::api::attachments::AttachmentView;
use crate::error::{ApiError, Result};
use crate::store;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{AttachmentId, ComplaintId, CustomerId, StaffId};
use shukebu_domain::time::Timestamp;

/// Bytes of one slice.
pub(crate) const SLICE: usize = 256 * 1024;

/// Who or what a file is kept with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Keeper {
    /// A customer.
    Customer(CustomerId),
    /// A case; its customer's, where it has one: what is told or erased of a person includes it.
    Case(ComplaintId),
}

/// Adds a file.
pub(crate) fn insert(
    tx: &Transaction,
    keeper: Keeper,
    name: &str,
    content: &[u8],
    (staff, at): (StaffId, Timestamp),
) -> Result<AttachmentId> {
    let (customer, case) = match keeper {
        Keeper::Customer(customer) => (Some(customer.0), None),
        Keeper::Case(case) => (None, Some(case.0)),
    };
    tx.execute(
        "INSERT INTO attachments (customer_id, complaint_id, name, bytes, added_at, staff_id)
         VALUES (coalesce(:customer, (SELECT customer_id FROM complaints WHERE id = :case)), :case, :name, :bytes, :at,
                 :staff)",
        named_params! {
            ":customer": customer, ":case": case, ":name": name, ":bytes": i64::try_from(content.len()).map_err(ApiError::internal)?,
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

/// Files of a customer beside those of cases, newest first.
pub(crate) fn of_customer(connection: &Connection, id: CustomerId, limit: i64) -> Result<Vec<AttachmentView>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, name, bytes, added_at
         FROM attachments
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id) AND complaint_id IS NULL
         ORDER BY id DESC
         LIMIT :limit",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0, ":limit": limit }, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Files of a case, newest first.
pub(crate) fn of_case(connection: &Connection, id: ComplaintId, limit: i64) -> Result<Vec<AttachmentView>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, name, bytes, added_at FROM attachments WHERE complaint_id = :id ORDER BY id DESC LIMIT :limit",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0, ":limit": limit }, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Bytes that the files of a case take.
pub(crate) fn bytes_of_case(connection: &Connection, id: ComplaintId) -> Result<i64> {
    let mut statement =
        connection.prepare_cached("SELECT coalesce(sum(bytes), 0) AS n FROM attachments WHERE complaint_id = :id")?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, |row| row.get("n"))?)
}

/// The case that a file is kept with.
pub(crate) fn case_of(connection: &Connection, id: AttachmentId) -> Result<Option<ComplaintId>> {
    let mut statement = connection.prepare_cached("SELECT complaint_id FROM attachments WHERE id = :id")?;
    let case: Option<i64> = statement.query_row(named_params! { ":id": id.0 }, |row| row.get("complaint_id"))?;
    Ok(case.map(ComplaintId))
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
