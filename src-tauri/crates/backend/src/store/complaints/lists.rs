//! Which cases to show or to look at, always by an index.

use super::{COLUMNS, Caches, StoredCase, id_list, read};
use crate::api::complaints::ComplaintFilter;
use crate::api::complaints::corrections::CaseLink;
use crate::error::Result;
use crate::store;
use rusqlite::{Connection, OptionalExtension, named_params};
use shukebu_domain::complaint::Status;
use shukebu_domain::ids::{ComplaintId, CustomerId, StaffId};
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;

/// A promise that allows so much is kept to the very second, so it is late from the next one on.
const KEPT_FOR_MS: i64 = 1000;

/// A page of cases: open ones by their next due time, ended ones newest first; those without a due time last.
pub(crate) fn page(connection: &Connection, filter: &ComplaintFilter, limit: i64) -> Result<Vec<StoredCase>> {
    let of_customer = if filter.customer_id.is_some() {
        "AND complaints.customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)"
    } else {
        ""
    };
    let (is_open, order) = if filter.closed {
        (0, "complaints.received_at DESC, complaints.id DESC")
    } else {
        (1, "complaints.next_due_at ASC NULLS LAST, complaints.id")
    };
    let sql = format!(
        "SELECT {COLUMNS}
         FROM complaints
         WHERE complaints.is_open = {is_open} {of_customer} AND :customer IS :customer
           AND (:kind IS NULL OR complaints.kind = :kind) AND (:owner IS NULL OR complaints.owner_id = :owner)
         ORDER BY {order}
         LIMIT :limit OFFSET :offset"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(
        named_params! {
            ":customer": filter.customer_id.map(|customer| customer.0), ":limit": limit, ":offset": filter.offset,
            ":kind": filter.kind.map(store::as_word).transpose()?, ":owner": filter.owner_id.map(|owner| owner.0),
        },
        read,
    )?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// All open cases of a filter with their customers, as reads resolve them, by the next due time.
pub(crate) fn open_by_time(
    connection: &Connection,
    filter: &ComplaintFilter,
) -> Result<Vec<(ComplaintId, Option<CustomerId>)>> {
    let mut statement = connection.prepare_cached(
        "SELECT complaints.id, coalesce(customers.merged_into, customers.id) AS customer_id
         FROM complaints
         LEFT JOIN customers ON customers.id = complaints.customer_id
         WHERE complaints.is_open = 1
           AND (:customer IS NULL OR coalesce(customers.merged_into, customers.id) = :customer)
           AND (:kind IS NULL OR complaints.kind = :kind) AND (:owner IS NULL OR complaints.owner_id = :owner)
         ORDER BY complaints.next_due_at ASC NULLS LAST, complaints.id",
    )?;
    let values = named_params! {
        ":customer": filter.customer_id.map(|customer| customer.0),
        ":kind": filter.kind.map(store::as_word).transpose()?, ":owner": filter.owner_id.map(|owner| owner.0),
    };
    let rows = statement.query_map(values, |row| {
        Ok((ComplaintId(row.get("id")?), row.get::<_, Option<i64>>("customer_id")?.map(CustomerId)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many cases a filter has in all. What is not asked for is not looked at: open ones are counted in an index alone.
pub(crate) fn count_of(connection: &Connection, filter: &ComplaintFilter) -> Result<i64> {
    let of_customer = if filter.customer_id.is_some() {
        "AND customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)"
    } else {
        "AND :customer IS NULL"
    };
    let of_kind = if filter.kind.is_some() { "AND kind = :kind" } else { "AND :kind IS NULL" };
    let of_owner = if filter.owner_id.is_some() { "AND owner_id = :owner" } else { "AND :owner IS NULL" };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT count(*) AS cases
         FROM complaints
         WHERE is_open = {} {of_customer} {of_kind} {of_owner}",
        i64::from(!filter.closed)
    ))?;
    let values = named_params! {
        ":customer": filter.customer_id.map(|customer| customer.0),
        ":kind": filter.kind.map(store::as_word).transpose()?, ":owner": filter.owner_id.map(|owner| owner.0),
    };
    Ok(statement.query_row(values, |row| row.get("cases"))?)
}

/// Open cases, and those of them that are late now.
pub(crate) fn counts(connection: &Connection, now: Timestamp) -> Result<(i64, i64)> {
    let mut statement = connection.prepare_cached(
        "SELECT (SELECT count(*) FROM complaints WHERE is_open = 1) AS open,
                (SELECT count(*) FROM complaints WHERE is_open = 1 AND is_late = 1)
                + (SELECT count(*) FROM complaints WHERE is_open = 1 AND next_due_at <= :kept AND is_late = 0) AS late",
    )?;
    let values = named_params! { ":kept": now.millis().saturating_sub(KEPT_FOR_MS) };
    Ok(statement.query_row(values, |row| Ok((row.get("open")?, row.get("late")?)))?)
}

/// Open cases that nobody has answered yet.
pub(crate) fn unanswered(connection: &Connection) -> Result<i64> {
    let mut statement = connection
        .prepare_cached("SELECT count(*) AS cases FROM complaints WHERE is_open = 1 AND owes_response = 1")?;
    Ok(statement.query_row([], |row| row.get("cases"))?)
}

/// The open case whose next promise falls due first.
pub(crate) fn most_urgent(connection: &Connection) -> Result<Option<StoredCase>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM complaints
         WHERE complaints.is_open = 1 AND complaints.next_due_at IS NOT NULL
         ORDER BY complaints.next_due_at, complaints.id
         LIMIT 1"
    );
    Ok(connection.prepare_cached(&sql)?.query_row([], read).optional()?)
}

/// Cases at which something may have changed by time alone, with their caches as they stand.
pub(crate) fn due_for_look(connection: &Connection, now: Timestamp) -> Result<Vec<(ComplaintId, Caches)>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, status, next_due_at, next_wake_at, is_late, spares_customer, owes_response
         FROM complaints
         WHERE is_open = 1 AND next_wake_at <= :now
         ORDER BY next_wake_at, id",
    )?;
    let rows = statement.query_map(named_params! { ":now": now.millis() }, |row| {
        let instant = |column: &str| -> rusqlite::Result<_> {
            Ok(row.get::<_, Option<i64>>(column)?.map(Timestamp::from_millis))
        };
        let caches = Caches {
            status: store::word(row, "status")?,
            next_due: instant("next_due_at")?,
            next_wake: instant("next_wake_at")?,
            is_late: row.get("is_late")?,
            spares_customer: row.get("spares_customer")?,
            owes_response: row.get("owes_response")?,
        };
        Ok((ComplaintId(row.get("id")?), caches))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// When the next open case, or the next thing that was promised, must be looked at.
pub(crate) fn next_wake(connection: &Connection) -> Result<Option<Timestamp>> {
    let mut statement = connection.prepare_cached(
        "SELECT min(next_wake_at) AS wake FROM complaints WHERE is_open = 1 AND next_wake_at IS NOT NULL",
    )?;
    let wake: Option<i64> = statement.query_row([], |row| row.get("wake"))?;
    let promised = super::remedies::next_wake(connection)?;
    Ok(wake.map(Timestamp::from_millis).into_iter().chain(promised).min())
}

/// The case of a number.
pub(crate) fn by_number(connection: &Connection, case_no: &str) -> Result<Option<ComplaintId>> {
    let mut statement = connection.prepare_cached("SELECT id FROM complaints WHERE case_no = :case_no")?;
    let found = statement.query_row(named_params! { ":case_no": case_no }, |row| row.get("id")).optional()?;
    Ok(found.map(ComplaintId))
}

/// Where a case stands.
pub(crate) fn status_of(connection: &Connection, id: ComplaintId) -> Result<Status> {
    let mut statement = connection.prepare_cached("SELECT status FROM complaints WHERE id = :id")?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, |row| store::word(row, "status"))?)
}

/// The newest other cases of a customer, to point at.
pub(crate) fn others_of(connection: &Connection, customer: CustomerId, but: ComplaintId) -> Result<Vec<CaseLink>> {
    const MOST: i64 = 8;
    let mut statement = connection.prepare_cached(
        "SELECT id, case_no, description
         FROM complaints INDEXED BY complaints_by_customer
         WHERE customer_id IN (SELECT id FROM customers
                               WHERE id = (SELECT coalesce(merged_into, id) FROM customers WHERE id = :customer)
                                  OR merged_into = (SELECT coalesce(merged_into, id)
                                                    FROM customers
                                                    WHERE id = :customer))
           AND id <> :but
         ORDER BY is_open DESC, id DESC
         LIMIT :most",
    )?;
    let rows = statement.query_map(named_params! { ":customer": customer.0, ":but": but.0, ":most": MOST }, |row| {
        Ok(CaseLink {
            id: ComplaintId(row.get("id")?),
            case_no: row.get("case_no")?,
            description: row.get("description")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Every case that came in between two instants, the first included, in the order of their ids.
pub(crate) fn received_between(connection: &Connection, from: Timestamp, to: Timestamp) -> Result<Vec<StoredCase>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM complaints
         WHERE complaints.received_at >= :from AND complaints.received_at < :to
         ORDER BY complaints.id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":from": from.millis(), ":to": to.millis() }, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Some cases by their numbers.
pub(crate) fn some(connection: &Connection, ids: &[ComplaintId]) -> Result<BTreeMap<ComplaintId, StoredCase>> {
    let sql = format!("SELECT {COLUMNS} FROM complaints WHERE complaints.id IN (SELECT value FROM json_each(:ids))");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":ids": id_list(ids)? }, read)?;
    Ok(rows.map(|case| case.map(|case| (case.id, case))).collect::<rusqlite::Result<_>>()?)
}

/// Every open case.
pub(crate) fn open_ids(connection: &Connection) -> Result<Vec<ComplaintId>> {
    let mut statement = connection.prepare_cached("SELECT id FROM complaints WHERE is_open = 1 ORDER BY id")?;
    let rows = statement.query_map([], |row| Ok(ComplaintId(row.get("id")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Open cases of one person.
pub(crate) fn open_of_owner(connection: &Connection, owner: StaffId) -> Result<Vec<ComplaintId>> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM complaints WHERE owner_id = :owner AND is_open = 1 ORDER BY id")?;
    let rows = statement.query_map(named_params! { ":owner": owner.0 }, |row| Ok(ComplaintId(row.get("id")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
