//! Why customers come seldom, as it was written down.

use crate::api::seldom::SeldomView;
use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, StaffId};
use shukebu_domain::segmentation::SeldomReason;
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;

/// A reason to be written down.
pub(crate) struct NewReason<'a> {
    pub customer: CustomerId,
    pub why: SeldomReason,
    pub note: Option<&'a str>,
    pub on: NaiveDate,
    pub at: Timestamp,
    pub by: StaffId,
}

/// Writes a reason down; earlier ones stay.
pub(crate) fn insert(tx: &Transaction, reason: &NewReason) -> Result<i64> {
    tx.execute(
        "INSERT INTO seldom_reasons (customer_id, why, note, said_on, said_at, staff_id)
         VALUES (:customer, :why, :note, :on, :at, :staff)",
        named_params! {
            ":customer": reason.customer.0, ":why": store::as_word(reason.why)?, ":note": reason.note,
            ":on": reason.on.to_string(), ":at": reason.at.millis(), ":staff": reason.by.0,
        },
    )?;
    Ok(tx.last_insert_rowid())
}

/// The reasons of a customer and of the records merged into it, newest first.
pub(crate) fn of_customer(connection: &Connection, id: CustomerId) -> Result<Vec<SeldomView>> {
    let mut statement = connection.prepare_cached(
        "SELECT why, note, said_on, staff.name AS by_name
         FROM seldom_reasons
         JOIN staff ON staff.id = seldom_reasons.staff_id
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
         ORDER BY said_at DESC, seldom_reasons.id DESC",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| {
        Ok(SeldomView {
            why: store::word(row, "why")?,
            note: row.get("note")?,
            on: store::day(row, "said_on")?,
            by: row.get("by_name")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The newest reason of everybody who has one.
pub(crate) fn newest(connection: &Connection) -> Result<BTreeMap<CustomerId, SeldomReason>> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(customers.merged_into, customers.id) AS person, why
         FROM seldom_reasons
         JOIN customers ON customers.id = seldom_reasons.customer_id
         ORDER BY said_at, seldom_reasons.id",
    )?;
    let rows = statement
        .query_map([], |row| Ok((CustomerId(row.get("person")?), store::word::<SeldomReason>(row, "why")?)))?;
    // Of several of one customer the last one stays.
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
