//! Complaint cases as rows: what was written down at the receipt, the caches that lists live on, and who is due to be
//! looked at. What happened to a case stands in [`events`].

pub(crate) mod events;
mod lists;
mod many;
pub(crate) mod postings;
pub(crate) mod remedies;
pub(crate) mod sparing;

pub(crate) use lists::{
    by_number, count_of, counts, due_for_look, most_urgent, next_wake, open_by_time, open_ids, open_of_owner,
    others_of, page, received_between, some, status_of, unanswered,
};

use crate::api::complaints::{CaseKind, SeverityInput};
use crate::error::{ApiError, Result};
use crate::store;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};
use shukebu_domain::complaint::{Severity, Status};
use shukebu_domain::ids::{ComplaintId, CustomerId, ImportId, SaleId, StaffId};
use shukebu_domain::time::Timestamp;

/// A case to be stored; its caches follow when it is settled.
pub(crate) struct CaseToStore<'a> {
    pub case_no: &'a str,
    pub kind: CaseKind,
    pub reference: Option<&'a str>,
    pub customer: Option<CustomerId>,
    pub customer_text: Option<&'a str>,
    pub received_at: Timestamp,
    pub recorded_at: Timestamp,
    pub channel: Option<&'a str>,
    pub category: Option<&'a str>,
    pub severity: Severity,
    pub description: &'a str,
    pub remedy_sought: Option<&'a str>,
    pub sale: Option<SaleId>,
    pub owner: StaffId,
    pub import: Option<ImportId>,
}

/// Adds a case.
pub(crate) fn insert(tx: &Transaction, case: &CaseToStore) -> Result<ComplaintId> {
    tx.prepare_cached(
        "INSERT INTO complaints (case_no, kind, ref, customer_id, customer_text, received_at, recorded_at, channel, category,
                                 severity, description, remedy_sought, sale_id, owner_id, import_id, status, is_open)
         VALUES (:case_no, :kind, :ref, :customer, :customer_text, :received_at, :recorded_at, :channel, :category,
                 :severity, :description, :remedy, :sale, :owner, :import, 'received', 1)",
    )?
    .execute(named_params! {
        ":case_no": case.case_no, ":kind": store::as_word(case.kind)?, ":ref": case.reference, ":customer": case.customer.map(|customer| customer.0),
        ":customer_text": case.customer_text, ":received_at": case.received_at.millis(),
        ":recorded_at": case.recorded_at.millis(), ":channel": case.channel, ":category": case.category,
        ":severity": store::as_word(case.severity)?, ":description": case.description, ":remedy": case.remedy_sought,
        ":sale": case.sale.map(|sale| sale.0), ":owner": case.owner.0, ":import": case.import.map(|import| import.0),
    })?;
    Ok(ComplaintId(tx.last_insert_rowid()))
}

/// Whether a case with this foreign id is in the book.
pub(crate) fn has_ref(connection: &Connection, reference: &str) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT id FROM complaints WHERE ref = :ref")?;
    Ok(statement.exists(named_params! { ":ref": reference })?)
}

/// A case with the names that a list shows.
#[derive(Debug, Clone)]
pub(crate) struct StoredCase {
    pub id: ComplaintId,
    pub case_no: String,
    pub kind: CaseKind,
    pub duplicate_of: Option<ComplaintId>,
    pub customer: Option<CustomerId>,
    pub customer_name: Option<String>,
    pub received_at: Timestamp,
    pub recorded_at: Timestamp,
    pub channel: Option<String>,
    pub category: Option<String>,
    pub severity: SeverityInput,
    pub description: String,
    pub remedy_sought: Option<String>,
    pub sale: Option<SaleId>,
    pub owner: StaffId,
    pub owner_name: String,
}

const COLUMNS: &str = "complaints.id, complaints.case_no, complaints.kind, complaints.duplicate_of,
        (SELECT coalesce(merged_into, id) FROM customers WHERE customers.id = complaints.customer_id) AS customer_id,
        coalesce((SELECT kept.name FROM customers AS own JOIN customers AS kept ON kept.id = coalesce(own.merged_into, own.id)
         WHERE own.id = complaints.customer_id),
                 complaints.customer_text) AS customer_name,
        complaints.received_at, complaints.recorded_at, complaints.channel, complaints.category, complaints.severity,
        complaints.description, complaints.remedy_sought, complaints.sale_id, complaints.owner_id,
        (SELECT name FROM staff WHERE staff.id = complaints.owner_id) AS owner_name";

fn read(row: &Row) -> rusqlite::Result<StoredCase> {
    let customer: Option<i64> = row.get("customer_id")?;
    let sale: Option<i64> = row.get("sale_id")?;
    let duplicate_of: Option<i64> = row.get("duplicate_of")?;
    Ok(StoredCase {
        id: ComplaintId(row.get("id")?),
        case_no: row.get("case_no")?,
        kind: store::word(row, "kind")?,
        duplicate_of: duplicate_of.map(ComplaintId),
        customer: customer.map(CustomerId),
        customer_name: row.get("customer_name")?,
        received_at: store::instant(row, "received_at")?,
        recorded_at: store::instant(row, "recorded_at")?,
        channel: row.get("channel")?,
        category: row.get("category")?,
        severity: store::word(row, "severity")?,
        description: row.get("description")?,
        remedy_sought: row.get("remedy_sought")?,
        sale: sale.map(SaleId),
        owner: StaffId(row.get("owner_id")?),
        owner_name: row.get("owner_name")?,
    })
}

/// One case.
pub(crate) fn get(connection: &Connection, id: ComplaintId) -> Result<StoredCase> {
    let sql = format!("SELECT {COLUMNS} FROM complaints WHERE complaints.id = :id");
    let found = connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, read).optional()?;
    found.ok_or_else(|| ApiError::not_found("complaint"))
}

/// What lists and the alarm read without going through the entries of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caches {
    pub status: Status,
    pub next_due: Option<Timestamp>,
    pub next_wake: Option<Timestamp>,
    pub is_late: bool,
    pub spares_customer: bool,
    pub owes_response: bool,
}

/// Keeps whether a case needs somebody. Only a case that opens or ends is a number of its customer: a look at ten
/// thousand late ones lets the numbers of ten thousand customers stand.
pub(crate) fn set_open(tx: &Transaction, id: ComplaintId, is_open: bool) -> Result<()> {
    tx.prepare_cached("UPDATE complaints SET is_open = :is_open WHERE id = :id AND is_open <> :is_open")?
        .execute(named_params! { ":id": id.0, ":is_open": is_open })?;
    Ok(())
}

/// Keeps the other caches of a case. Where it is known how they stood, only what time moved is written: each column that
/// is named costs the indexes that it stands in.
pub(crate) fn set_caches(tx: &Transaction, id: ComplaintId, caches: &Caches, before: Option<&Caches>) -> Result<()> {
    let (due, wake) = (caches.next_due.map(Timestamp::millis), caches.next_wake.map(Timestamp::millis));
    let moved_by_time =
        |before: &Caches| Caches { next_wake: caches.next_wake, is_late: caches.is_late, ..before.clone() };
    if before.is_some_and(|before| moved_by_time(before) == *caches) {
        tx.prepare_cached("UPDATE complaints SET next_wake_at = ?1, is_late = ?2 WHERE id = ?3")?.execute(params![
            wake,
            caches.is_late,
            id.0
        ])?;
        return Ok(());
    }
    tx.prepare_cached(
        "UPDATE complaints
         SET status = :status, next_due_at = :due, next_wake_at = :wake, is_late = :late, spares_customer = :spares,
             owes_response = :unanswered
         WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": id.0, ":status": store::as_word(caches.status)?, ":due": due, ":wake": wake,
        ":late": caches.is_late, ":spares": caches.spares_customer, ":unanswered": caches.owes_response,
    })?;
    Ok(())
}

/// Gives a case to another person.
pub(crate) fn set_owner(tx: &Transaction, id: ComplaintId, owner: StaffId) -> Result<()> {
    tx.prepare_cached("UPDATE complaints SET owner_id = :owner WHERE id = :id")?
        .execute(named_params! { ":id": id.0, ":owner": owner.0 })?;
    Ok(())
}

/// What is at stake in a case now.
pub(crate) fn set_severity(tx: &Transaction, id: ComplaintId, severity: Severity) -> Result<()> {
    tx.prepare_cached("UPDATE complaints SET severity = :severity WHERE id = :id")?
        .execute(named_params! { ":id": id.0, ":severity": store::as_word(severity)? })?;
    Ok(())
}

/// When a case really came in.
pub(crate) fn set_received_at(tx: &Transaction, id: ComplaintId, received_at: Timestamp) -> Result<()> {
    tx.prepare_cached("UPDATE complaints SET received_at = :at WHERE id = :id")?
        .execute(named_params! { ":id": id.0, ":at": received_at.millis() })?;
    Ok(())
}

/// The case that this one repeats.
pub(crate) fn set_duplicate_of(tx: &Transaction, id: ComplaintId, of: ComplaintId) -> Result<()> {
    tx.prepare_cached("UPDATE complaints SET duplicate_of = :of WHERE id = :id")?
        .execute(named_params! { ":id": id.0, ":of": of.0 })?;
    Ok(())
}

/// Counts the open cases of a customer anew, for lists and the counter.
pub(crate) fn recount(tx: &Transaction, customer: CustomerId) -> Result<()> {
    tx.prepare_cached(
        "UPDATE customer_figures
         SET open_complaints = (SELECT count(*)
                                FROM complaints
                                WHERE complaints.customer_id IN (SELECT id FROM customers
                                                                 WHERE id = :customer OR merged_into = :customer)
                                  AND complaints.is_open = 1)
         WHERE customer_id = :customer",
    )?
    .execute(named_params! { ":customer": customer.0 })?;
    Ok(())
}

/// Ids as the list that `json_each` takes apart: one statement for any number of cases.
fn id_list(ids: &[ComplaintId]) -> Result<String> {
    Ok(serde_json::to_string(ids)?)
}
