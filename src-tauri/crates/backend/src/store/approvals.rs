//! Approvals that were given, beside the log's row of the operation.

use crate::error::Result;
use crate::store;
use rusqlite::{Connection, Transaction, named_params};
use shukebu_domain::ids::StaffId;
use shukebu_domain::time::Timestamp;

/// An approval as it lies in the book.
pub(crate) struct Given {
    pub at: Timestamp,
    pub action: String,
    pub asked_by: String,
    pub approved_by: String,
    pub reason: String,
}

/// An approval to be kept.
pub(crate) struct ApprovalToStore<'a> {
    pub op: &'a str,
    pub at: Timestamp,
    pub action: &'a str,
    pub entity: &'a str,
    pub entity_id: Option<i64>,
    pub asked_by: StaffId,
    pub approved_by: StaffId,
    pub reason: &'a str,
}

/// Keeps one approval of an operation.
pub(crate) fn insert(tx: &Transaction, approval: &ApprovalToStore<'_>) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO approvals (op, at, action, entity, entity_id, asked_by, approved_by, reason)
         VALUES (:op, :at, :action, :entity, :id, :asked_by, :approved_by, :reason)",
    )?
    .execute(named_params! {
        ":op": approval.op, ":at": approval.at.millis(), ":action": approval.action, ":entity": approval.entity,
        ":id": approval.entity_id, ":asked_by": approval.asked_by.0, ":approved_by": approval.approved_by.0,
        ":reason": approval.reason,
    })?;
    Ok(())
}

/// The approvals of one row, oldest first.
pub(crate) fn of(connection: &Connection, entity: &str, id: i64) -> Result<Vec<Given>> {
    let mut statement = connection.prepare_cached(
        "SELECT approvals.at, approvals.action, approvals.reason, asker.name AS asked_by, approver.name AS approved_by
         FROM approvals
         JOIN staff AS asker ON asker.id = approvals.asked_by
         JOIN staff AS approver ON approver.id = approvals.approved_by
         WHERE approvals.entity = :entity AND approvals.entity_id = :id
         ORDER BY approvals.id",
    )?;
    let rows = statement.query_map(named_params! { ":entity": entity, ":id": id }, |row| {
        Ok(Given {
            at: store::instant(row, "at")?,
            action: row.get("action")?,
            asked_by: row.get("asked_by")?,
            approved_by: row.get("approved_by")?,
            reason: row.get("reason")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
